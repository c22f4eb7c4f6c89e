# Bayes by backprop (Blundell et al. 2015), reparametrised, Adam on mean and log deviation.
# state: [mean; log_sd] [2, P], moment1, moment2, steps, prior [P]; work: theta [M, P], grad [M, P], eps [M, P]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("cpu"), seed=seed)
  half = work[2].size(0) // 2
  eps = torch.empty([half, state[0].size(1)], dtype=6, layout=0, device=state[0].device).normal_(0., 1., generator=generator)
  work[2].copy_(torch.cat([eps, -eps]))
  return work[0].copy_(state[0][0] + torch.exp(state[0][1]) * work[2])
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], lr: float, n: float) -> Tensor:
  sd = torch.exp(state[0][1])
  up = work[1].mean([0]) - state[4] * state[0][0] * (1. / n)
  wider = (work[1] * work[2]).mean([0]) * sd + torch.rsub(state[4] * sd * sd, 1.) * (1. / n)
  # the deviations learn five times as fast, as in the prototype's best setting
  before = state[0][1].clone()
  steps = state[3].add_(1.)
  torch._fused_adam_(means, [torch.stack([up, wider])], [state[1]], [state[2]], [], [state[3]], lr=lr, beta1=0.90000000000000002, beta2=0.999, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True)
  faster = state[0][1].copy_(before + (means[0][1] - before) * 5.)
  return steps
