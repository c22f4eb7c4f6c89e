# The precisions' regression of the scores on the draws, weight by weight. The update of the precisions between the two branches is move.py or, for many weights, move_blocks.py.
# delta = mean_k [ shift_k ((p0 - p) shift_k - n / 2B (g+_k - g-_k)) ], minus the centred residual times u; here over -scale
def curvature(self: __torch__.Script, difference: Tensor, spare: Tensor, shift: Tensor, delta: Tensor, prior: Tensor, precision: Tensor, scale: float) -> Tensor:
  gap = torch.sub(prior, precision, out=spare)
  t = torch.addcmul(difference, gap, shift, value=-1. / scale, out=difference).mul_(shift)
  if t.size(0) > 1:
    mean = torch.mean(t, [0], out=delta)
  else:
    pass
  return delta
# proximal root: p' = p L, L = 1 / (c + sqrt(c^2 + w)) with c = (1 - (1 + delta) w) / 2 in [1/4, 3/4]
def inverse_root(self: __torch__.Script, delta: Tensor, spare: Tensor, room: Tensor, w: Tensor, half: Tensor, scale: float) -> Tensor:
  c = torch.addcmul(w, delta, w, value=-scale, out=room)
  c = torch.sub(half, c, alpha=0.5, out=c).clamp_(0.25, 0.75)
  return torch.addcmul(w, c, c, out=spare).sqrt_().add_(c)
def regress(self: __torch__.Script, good: GOOD, difference: Tensor, state: List[Tensor], work: List[Tensor], n: float, rate: float, refresh: float) -> Tensor:
  scale = n * float(work[2].size(0))
  # noise law: a step size per tensor, from the noise before this step; w = rho / (1 - rho) = 1 / kappa
  noise = state[6]
  if refresh > 0.:
    rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
    ws = torch.unbind(rho / torch.rsub(rho, 1.))
    for i in range(TENSORS):
      w = work[16 + i].copy_(ws[i])
  else:
    pass
MOVE  if refresh > 0.:
    for i in range(TENSORS):
      delta = work[16 + TENSORS + i]
      square = torch.dot(delta, delta, out=work[16 + 2 * TENSORS + i])
    squares = torch.mul(work[6], scale * scale).div_(work[4])
    # the first noise that there is counts fully
    share = torch.where(noise > 0., refresh, 1.)
    noise.copy_((self).kept(good, torch.lerp(noise, squares, share), noise))
  else:
    pass
  return work[14]
