# The posterior's update from the gradients in work, and the step's report: skipped, or with all measurements.
def finish(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], out: Tensor, targets: Tensor, known: Tensor, numbers: List[float]) -> List[float]:
  n = numbers[0]
  report = [(self).update(state, means, work, (self).value(out, targets, known), n, numbers[1], numbers[2], numbers[3])]
  if numbers[4] > 0.:
    fit = (self).log_likelihood(out, targets, known).sum()
    measures = torch.stack(torch.add([fit], (self).diagnose(state, work, numbers[2], n)))
    report = torch.add(report, annotate(List[float], measures.tolist()))
  else:
    pass
  return report
