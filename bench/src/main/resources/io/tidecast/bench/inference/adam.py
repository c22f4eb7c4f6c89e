# Adam on C point networks at once: one network, or an ensemble. state: mean [C, P], moment1, moment2, steps
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], seed: int) -> Tensor:
  return work[0].copy_(state[0])
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], lr: float, n: float) -> Tensor:
  ascent = work[1] - state[4] * state[0] * (1. / n)
  steps = state[3].add_(1.)
  torch._fused_adam_(means, [ascent], [state[1]], [state[2]], [], [state[3]], lr=lr, beta1=0.90000000000000002, beta2=0.999, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True)
  return steps
