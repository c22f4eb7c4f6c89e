# TorchScript of the mean-field family; MeanFieldPosterior.java says what it computes and where it is from.
# state: mean, precision, moment1, moment2, prior_precision, prior_pull = prior_precision * prior_mean,
#        noise [T], adam_steps, usual_length, average of the means (with averaging only)
# work:  eps [K, P], shift [K, P], theta [2K, P], grad [2K, P], w [P], half [P], counts [T] int64
# means is [mean] once more: PyTorch's optimiser drops a fused update of a list that is not an argument.
# Gradients arrive divided by B M, so that their sum over the draws is mean_m(g_m) / B.
def draw_around(self: __torch__.Script, centre: Tensor, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  pairs = work[0].size(0)
  eps = (self).fill_noise(work[0], pool, seed)
  shift = torch.mul(eps, torch.rsqrt(state[1]), out=work[1])
  up = torch.add(centre, shift, out=work[2].narrow(0, 0, pairs))
  down = torch.sub(centre, shift, out=work[2].narrow(0, pairs, pairs))
  return work[2]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around(state[0], state, work, pool, seed)
def draw_predictive(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around(CENTRE, state, work, pool, seed)
def value(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return out
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, n: float, rate: float, lr: float, refresh: float) -> Tensor:
  mean = state[0]
  eps = work[0]
  shift = work[1]
  grad = work[3]
  w = work[4]
  half = work[5]
  pairs = eps.size(0)
  up = grad.narrow(0, 0, pairs)
  down = grad.narrow(0, pairs, pairs)
  difference = torch.sub(up, down, out=work[2].narrow(0, 0, pairs))
  ascent = torch.add(up, down, out=up).select(0, 0)
  if pairs > 1:
    ascent = up.sum([0])
  else:
    pass
  finite = torch.isfinite(ascent.sum())
  bad = torch.logical_not(finite).to(6)
CLIP  # delta = mean_k [ shift_k (p0 shift_k - n / 2B (g+_k - g-_k)) - eps_k^2 ], minus the centred residual times u
  t = torch.mul(shift, state[4], out=work[2].narrow(0, pairs, pairs))
  t = torch.sub(t, difference, alpha=n * float(pairs), out=t)
  t = torch.addcmul(t.mul_(shift), eps, eps, value=-1., out=t)
  delta = t.select(0, 0)
  if pairs > 1:
    delta = t.mean([0])
  else:
    pass
GROUP  # noise law: a step size per tensor, from the noise before this step; w = rho / (1 - rho) = 1 / kappa
  if refresh > 0.:
    noise = state[6]
    rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
    w.copy_(torch.repeat_interleave(rho / torch.rsub(rho, 1.), work[6], output_size=PARAMETERS))
    half = torch.mul(w, -0.5, out=half).add_(0.5)
    squares = torch.stack(torch._foreach_norm(delta.split_with_sizes(SIZES))).square_() / work[6]
    keep = (noise > 0.) * (1. - refresh)
    noise.copy_(torch.where(finite, noise * keep + squares * torch.rsub(keep, 1.), noise))
  else:
    pass
  # proximal root: p' = p L, L = 1 / (c + sqrt(c^2 + w)) with c = (1 - (1 + delta) w) / 2 in [1/4, 3/4]
  c = torch.addcmul(half, delta, w, value=-0.5, out=work[2].select(0, 0)).clamp_(0.25, 0.75)
  root = torch.addcmul(w, c, c, out=shift.select(0, 0)).sqrt_().add_(c)
GUARD
  # maximise: mean_m(s) / n = mean_m(g) / B - p0 (m - m0) / n, by Adam as inner solver
  ascent = torch.addcmul(ascent, state[4], mean, value=-1. / n, out=ascent)
PULL  steps = state[7].add_(torch.rsub(bad, 1.))
  torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
AVERAGE  return bad
def diagnose(self: __torch__.Script, state: List[Tensor], work: List[Tensor], lr: float) -> List[Tensor]:
  delta = work[2].narrow(0, work[0].size(0), work[0].size(0)).mean()
  rate = work[4].max()
  return torch.add([delta, state[6].mean(), rate / (rate + 1.)], (self).adam_measures(state, lr))
