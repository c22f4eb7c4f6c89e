# MC dropout (Gal & Ghahramani 2016) in weight space: the rows of the output matrix that belong to dropped
# hidden units are zero, one mask per draw. state: mean [1, P], moment1, moment2, steps, prior; work: theta [M, P], grad
def mask(self: __torch__.Script, like: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("cpu"), seed=seed)
  keep = torch.empty([like.size(0), HIDDEN, 1], dtype=6, layout=0, device=like.device).bernoulli_(1. - RATE, generator=generator) * (1. / (1. - RATE))
  full = torch.ones_like(like)
  rows = full.narrow(1, FIRST, HIDDEN * OUTPUTS).copy_(keep.expand([-1, -1, OUTPUTS]).reshape([like.size(0), HIDDEN * OUTPUTS]))
  return full
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], seed: int) -> Tensor:
  work[2].copy_((self).mask(work[0], seed))
  return work[0].copy_(work[2] * state[0])
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], lr: float, n: float) -> Tensor:
  ascent = (work[1] * work[2]).mean([0], True) - state[4] * state[0] * (1. / n)
  steps = state[3].add_(1.)
  torch._fused_adam_(means, [ascent], [state[1]], [state[2]], [], [state[3]], lr=lr, beta1=0.90000000000000002, beta2=0.999, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True)
  return steps
