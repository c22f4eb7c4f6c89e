# The posterior's update from the gradients in work, and the step's report: skipped, or with all measurements.
def finish(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], out: Tensor, targets: Tensor, known: Tensor, numbers: List[float]) -> List[float]:
  n = numbers[0]
  report = [(self).update(state, means, work, (self).value(out, targets, known), n, numbers[1], numbers[2], numbers[3], numbers[6])]
  if numbers[4] > 0.:
    fit = (self).log_likelihood(out, targets, known).sum()
    measures = torch.stack(torch.add([fit], (self).diagnose(state, work, numbers[2], n)))
    report = torch.add(report, annotate(List[float], measures.tolist()))
  else:
    pass
  return report
# The description of a prediction, into the host's memory.
def answer(self: __torch__.Script, out: Tensor, answers: List[Tensor]) -> List[float]:
  described = (self).describe(out)
  for i in range(torch.len(answers)):
    copied = answers[i].copy_(described[i])
  return annotate(List[float], [])
