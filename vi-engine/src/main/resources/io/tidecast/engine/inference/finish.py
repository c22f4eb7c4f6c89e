# The posterior's update from the gradients in work, and the step's report.
def finish(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], out: Tensor, targets: Tensor, known: Tensor, n: float, rate: float, lr: float, refresh: float, diagnose: bool) -> List[float]:
  bad = (self).update(state, means, work, (self).value(out, targets, known), n, rate, lr, refresh)
  report = [bad]
  if diagnose:
    fit = (self).log_likelihood(out, targets, known).sum()
    report = torch.add(torch.add(report, [fit]), (self).diagnose(state, work, lr))
  else:
    pass
  return annotate(List[float], torch.stack(report).tolist())
