# TorchScript of the mean-field family; MeanFieldPosterior.java says what it computes and where it is from.
# state: mean, precision, moment1, moment2, prior_precision, prior_pull = prior_precision * prior_mean,
#        noise [T], adam_steps, usual_length, average of the means (with averaging only)
# work:  theta [2K, P], grad [2K, P], shift [K, P], w [P], counts [T] int64, a_half []
# means is [mean] once more: PyTorch's optimiser drops a fused update of a list that is not an argument.
# Gradients arrive divided by B M, so that their sum over the draws is mean_m(g_m) / B.
def draw_around(self: __torch__.Script, centre: Tensor, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  shift = work[2]
  pairs = shift.size(0)
  # roots in the room of the last draw, which is written last; they and a division are faster than rsqrt
  root = torch.sqrt(state[1], out=work[0].select(0, -1))
  shifts = torch.div((self).normals(shift, pool, seed), root, out=shift)
  up = torch.add(centre, shift, out=work[0].narrow(0, 0, pairs))
  down = torch.sub(centre, shift, out=work[0].narrow(0, pairs, pairs))
  return work[0]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around(state[0], state, work, pool, seed)
def draw_predictive(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around(CENTRE, state, work, pool, seed)
def value(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return out
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, n: float, rate: float, lr: float, refresh: float) -> float:
  mean = state[0]
  grad = work[1]
  shift = work[2]
  w = work[3]
  pairs = shift.size(0)
  up = grad.narrow(0, 0, pairs)
  down = grad.narrow(0, pairs, pairs)
  difference = torch.sub(up, down, out=work[0].narrow(0, 0, pairs))
  ascent = torch.add(up, down, out=up).select(0, 0)
  if pairs > 1:
    ascent = up.sum([0])
  else:
    pass
  good = (self).finite(ascent)
  if (self).proceed(good):
CLIP    # delta = mean_k [ shift_k ((p0 - p) shift_k - n / 2B (g+_k - g-_k)) ], minus the centred residual times u; here over -scale
    scale = n * float(pairs)
    gap = torch.sub(state[4], state[1], out=down.select(0, 0))
    t = torch.addcmul(difference, gap, shift, value=-1. / scale, out=difference).mul_(shift)
    delta = t.select(0, 0)
    if pairs > 1:
      delta = t.mean([0])
    else:
      pass
GROUP    # noise law: a step size per tensor, from the noise before this step; w = rho / (1 - rho) = 1 / kappa
    if refresh > 0.:
      noise = state[6]
      rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
      w.copy_(torch.repeat_interleave(rho / torch.rsub(rho, 1.), work[4], output_size=PARAMETERS))
      squares = torch.stack(torch._foreach_norm(delta.split_with_sizes(SIZES))).mul_(scale).square_() / work[4]
      keep = (noise > 0.) * (1. - refresh)
      noise.copy_((self).kept(good, noise * keep + squares * torch.rsub(keep, 1.), noise))
    else:
      pass
    # proximal root: p' = p L, L = 1 / (c + sqrt(c^2 + w)) with c = (1 - (1 + delta) w) / 2 in [1/4, 3/4]
    c = torch.addcmul(w, delta, w, value=-scale, out=shift.select(0, 0))
    c = torch.sub(work[5], c, alpha=0.5, out=c).clamp_(0.25, 0.75)
    root = torch.addcmul(w, c, c, out=down.select(0, 0)).sqrt_().add_(c)
    precision = state[1].div_((self).kept(good, root, work[5] + work[5]))
    # maximise: mean_m(s) / n = mean_m(g) / B - p0 (m - m0) / n, by Adam as inner solver
    ascent = torch.addcmul(ascent, state[4], mean, value=-1. / n, out=ascent)
PULL    bad = (self).counted(good, state[7])
    torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
AVERAGE  else:
    pass
  return (self).skipped(good)
def diagnose(self: __torch__.Script, state: List[Tensor], work: List[Tensor], lr: float, n: float) -> List[Tensor]:
  pairs = work[2].size(0)
  delta = work[0].narrow(0, 0, pairs).mean() * (-n * float(pairs))
  rate = work[3].max()
  return torch.add([delta, state[6].mean(), rate / (rate + 1.)], (self).adam_measures(state, lr))
