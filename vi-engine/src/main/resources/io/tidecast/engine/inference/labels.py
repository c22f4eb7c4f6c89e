# Labels that the first draw's model made up, and the roots of the targets' shares: squares of gradients then add up to the
# Fisher diagonal of the mean log-likelihood over a row's targets.
def labels(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
  return (self).sample(out.narrow(0, 0, 1), seed).squeeze(0)
def roots(self: __torch__.Script, mask: Tensor, out: Tensor) -> Tensor:
  return torch.sqrt(mask * float(mask.size(0) * out.size(0)))
# The first draw of each view.
def firsts(self: __torch__.Script, views: List[Tensor]) -> List[Tensor]:
  one = annotate(List[Tensor], [])
  for i in range(torch.len(views)):
    longer = torch.append(one, views[i].narrow(0, 0, 1))
  return one
def sampled(self: __torch__.Script, work: List[Tensor], out: Tensor, mask: Tensor, seed: int) -> List[Tensor]:
  return [(self).labels(out, seed), (self).roots((self).here(mask), out), work[0].narrow(0, 0, 1), work[1].narrow(0, 0, 1)]
