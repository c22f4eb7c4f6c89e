# TorchScript of the mixture of C Gaussians with independent weights; see MixturePosterior.java.
# state: mean [C, P], precision [C, P], moment1, moment2, prior_precision [P], prior_pull, noise [C],
#        adam_steps, log_weights [C], usual_length
# work:  theta [2 C K, P] (component by component), grad [2 C K, P], eps [C K, P], delta [C, P]
# Gradients arrive divided by B M, with M = 2 C K.
def with_views(self: __torch__.Script, work: List[Tensor]) -> List[Tensor]:
  return work
def spread(self: __torch__.Script, mean: Tensor, precision: Tensor, eps: Tensor, theta: Tensor) -> Tensor:
  components = mean.size(0)
  shift = eps.view([components, -1, mean.size(1)]) * torch.rsqrt(precision).unsqueeze(1)
  centre = mean.unsqueeze(1)
  return theta.copy_(torch.cat([centre + shift, centre - shift], 1).view(theta.size()))
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  eps = (self).normals(work[2], pool, seed)
  return (self).spread(state[0], state[1], eps, work[0])
def draw_predictive(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  # systematic choice of a component for each antithetic pair, by weight
  eps = (self).normals(work[2], pool, seed)
  pairs = eps.size(0)
  at = torch.arange(pairs, dtype=6, layout=0, device=eps.device).add_(0.5).div_(pairs)
  edges = torch.cumsum(torch.softmax(state[8], 0), 0)
  chosen = torch.searchsorted(edges, at).clamp_max(state[8].size(0) - 1)
  return (self).spread(state[0].index_select(0, chosen), state[1].index_select(0, chosen), eps, work[0])
def value(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return (self).log_likelihood(out, y, mask).sum([1, 2])
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, n: float, rate: float, lr: float, refresh: float, newest: float) -> float:
  mean = state[0]
  precision = state[1]
  theta = work[0]
  grad = work[1]
  components = mean.size(0)
  draws = theta.size(0)
  ascent = grad
  good = (self).finite(grad)
  if (self).proceed(good):
CLIP    score = ascent * (n * float(draws)) - theta * state[4] + state[5]
    # score of the whole mixture at every draw
    from_centre = theta.unsqueeze(1) - mean.unsqueeze(0)
    pulled = from_centre * precision.unsqueeze(0)
    joint = (from_centre * pulled).sum([2]) * -0.5 + torch.log(precision).sum([1]) * 0.5 + torch.log_softmax(state[8], 0)
    share = torch.softmax(joint, 1)
    residual = score + torch.matmul(share.unsqueeze(1), pulled).squeeze(1)
    residual = residual.view([components, -1, mean.size(1)])
    u = (theta.view([components, -1, mean.size(1)]) - mean.unsqueeze(1)) * torch.sqrt(precision).unsqueeze(1)
    ascent = residual.mean([1]) * (1. / n)
    centred = (residual - residual.mean([1], True)) * torch.rsqrt(precision).unsqueeze(1)
    delta = torch.neg((centred * u).mean([1]))
    noise = state[6]
    rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
    squares = (delta * delta).mean([1])
    keep = (noise > 0.) * 0.94999999999999996
    noise.copy_((self).kept(good, noise * keep + squares * torch.rsub(keep, 1.), noise))
    w = (rho / torch.rsub(rho, 1.)).unsqueeze(1)
    c = torch.rsub((delta + 1.) * w, 1.).mul_(0.5).clamp_(0.25, 0.75)
    precision.copy_((self).kept(good, precision / (torch.sqrt(c * c + w) + c), precision))
WEIGHTS    bad = (self).counted(good, state[7], torch.full_like(state[7], 0.5))
    torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
    work[3].copy_(delta)
  else:
    pass
  return (self).skipped(good)
def diagnose(self: __torch__.Script, state: List[Tensor], work: List[Tensor], lr: float, n: float) -> List[Tensor]:
  rho = torch.reciprocal(state[6].clamp_min(1.e-30)).mul_(LIMIT).max()
  return torch.add([work[3].mean(), state[6].mean(), rho], (self).adam_measures(state, lr))
