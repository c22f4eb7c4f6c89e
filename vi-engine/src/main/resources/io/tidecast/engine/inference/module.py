# Weight draws into and out of the parameters of a module that is not ours.
def assign(self: __torch__.Script, parameters: List[Tensor], theta: Tensor, draw: int) -> Tensor:
  at = 0
  for i in range(torch.len(parameters)):
    p = parameters[i]
    q = p.copy_(theta.select(0, draw).narrow(0, at, p.numel()).view(p.size()))
    at = at + p.numel()
  return theta
def fit(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return (self).log_likelihood(out.unsqueeze(0), (self).here(y).clone(), (self).here(mask).clone()).sum()
def collect(self: __torch__.Script, slopes: List[Tensor], grad: Tensor, draw: int) -> Tensor:
  at = 0
  for i in range(torch.len(slopes)):
    g = slopes[i]
    row = grad.select(0, draw).narrow(0, at, g.numel()).copy_(g.reshape([-1]))
    at = at + g.numel()
  return grad
