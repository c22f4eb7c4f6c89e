# The precisions' regression of the scores on the draws, weight by weight. The update of the precisions between the two branches is move.py or, for many weights, move_blocks.py.
# delta = mean_k [ shift_k ((p0 - p) shift_k - n / 2B (g+_k - g-_k)) ], minus the centred residual times u; here over -scale
def curvature(self: __torch__.Script, difference: Tensor, spare: Tensor, shift: Tensor, prior: Tensor, precision: Tensor, scale: float) -> Tensor:
  gap = torch.sub(prior, precision, out=spare.select(0, 0))
  t = torch.addcmul(difference, gap, shift, value=-1. / scale, out=difference).mul_(shift)
  delta = t.select(0, 0)
  if t.size(0) > 1:
    delta = torch.mean(t, [0], out=spare.select(0, 1))
  else:
    pass
  return delta
# proximal root: p' = p L, L = 1 / (c + sqrt(c^2 + w)) with c = (1 - (1 + delta) w) / 2 in [1/4, 3/4]
def inverse_root(self: __torch__.Script, delta: Tensor, spare: Tensor, shift: Tensor, w: Tensor, half: Tensor, scale: float) -> Tensor:
  c = torch.addcmul(w, delta, w, value=-scale, out=shift.select(0, 0))
  c = torch.sub(half, c, alpha=0.5, out=c).clamp_(0.25, 0.75)
  return torch.addcmul(w, c, c, out=spare.select(0, 0)).sqrt_().add_(c)
def regress(self: __torch__.Script, good: GOOD, difference: Tensor, state: List[Tensor], work: List[Tensor], n: float, rate: float, refresh: float) -> Tensor:
  shift = work[2]
  w = work[3]
  pairs = shift.size(0)
  down = work[1].narrow(0, pairs, pairs)
  scale = n * float(pairs)
  # noise law: a step size per tensor, from the noise before this step; w = rho / (1 - rho) = 1 / kappa
  noise = state[6]
  if refresh > 0.:
    rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
    w.copy_(torch.repeat_interleave(rho / torch.rsub(rho, 1.), work[4], output_size=PARAMETERS))
  else:
    pass
MOVE  if refresh > 0.:
    squares = torch.stack(torch._foreach_norm(delta.split_with_sizes(SIZES))).mul_(scale).square_() / work[4]
    keep = (noise > 0.) * (1. - refresh)
    noise.copy_((self).kept(good, noise * keep + squares * torch.rsub(keep, 1.), noise))
  else:
    pass
  return delta
