# IVON (Shen et al. 2024). state: mean [1, P], momentum, h, steps, prior [P]; work: theta [M, P], grad, shift [M, P]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("cpu"), seed=seed)
  half = work[2].size(0) // 2
  eps = torch.empty([half, state[0].size(1)], dtype=6, layout=0, device=state[0].device).normal_(0., 1., generator=generator)
  sd = torch.rsqrt(state[2] * MEMORY + state[4])
  work[2].copy_(torch.cat([eps, -eps]) * sd)
  return work[0].copy_(state[0] + work[2])
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], lr: float, n: float) -> Tensor:
  decay = state[4] * (1. / n)
  loss = torch.neg(work[1])
  total = state[2] + decay
  fresh = (work[2] * loss).mean([0], True) * total * n
  momentum = state[1].mul_(0.90000000000000002).add_(loss.mean([0], True), alpha=0.10000000000000001)
  steps = state[3].add_(1.)
  h = state[2].mul_(0.999).add_(fresh, alpha=0.001).add_(torch.square((state[2] - fresh) * 0.001) / total, alpha=0.5)
  unbiased = momentum / torch.rsub(torch.pow(0.90000000000000002, steps), 1.)
  mean = state[0].sub_((unbiased + decay * state[0]) / (state[2] + decay) * lr)
  return steps
