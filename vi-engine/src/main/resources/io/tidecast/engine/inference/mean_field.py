# TorchScript of the mean-field proximal step; MeanField.java says what it computes and where it is from.
# state: mean, sd, moment1, moment2, prior_precision, prior_mean, noise_by_tensor, adam_steps
# work:  eps [K, P], shift [K, P], theta [2K, P], grad [2K, P]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], seed: int) -> Tensor:
  generator = torch.Generator(device=torch.device("DEVICE"), seed=seed)
  eps = work[0].normal_(0., 1., generator=generator)
  shift = torch.mul(eps, state[1], out=work[1])
  pairs = shift.size(0)
  up = torch.add(state[0], shift, out=work[2].narrow(0, 0, pairs))
  down = torch.sub(state[0], shift, out=work[2].narrow(0, pairs, pairs))
  return work[2]
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], raw: Tensor, seed: int) -> Tuple[Tensor, Tensor]:
  theta = (self).draw(state, work, seed)
  out = (self).network(theta, raw.clone())
  return (out.narrow(2, 0, LOCATIONS).contiguous(), (self).scales(out))
def step(self: __torch__.Script, state: List[Tensor], work: List[Tensor], raw_x: Tensor, raw_y: Tensor, raw_mask: Tensor, seed: int, n: float, rate: float, lr: float, keep: float) -> Tensor:
  x = raw_x.clone()
  y = raw_y.clone()
  mask = raw_mask.clone()
  mean = state[0]
  sd = state[1]
  p0 = state[4]
  noise = state[6]
  rows = float(x.size(0))
  theta = (self).draw(state, work, seed)
  grad = work[3]
  out = (self).gradients(theta, x, y, mask, grad)
  log_likelihood = (self).log_likelihood(out, y, mask).mean()
  eps = work[0]
  shift = work[1]
  pairs = eps.size(0)
  finite = torch.isfinite(grad.sum())
  bad = torch.to(torch.logical_not(finite), 6)
  # -delta = mean_k [ shift (n / 2B (g+ - g-) - p0 shift) + eps^2 ], the centred residual times u
  difference = torch.sub(grad.narrow(0, 0, pairs), grad.narrow(0, pairs, pairs), out=theta.narrow(0, 0, pairs))
  t = torch.mul(shift, p0, out=theta.narrow(0, pairs, pairs))
  t = torch.sub(difference.mul_(n / (2. * rows)), t, out=t)
  t = t.mul_(shift).addcmul_(eps, eps)
  minus_delta = t.select(0, 0)
  if pairs > 1:
    minus_delta = t.mean([0])
  else:
    pass
  curvature = torch.neg(minus_delta.mean())
  squares = torch.square(torch.stack(torch._foreach_norm(minus_delta.split_with_sizes(SIZES)))) / state[8]
  rho = torch.clamp(torch.reciprocal(noise + 1.e-30) * 0.02, 9.9999999999999995e-07, rate)
  noise.copy_(torch.where(finite, noise * keep + squares * (1. - keep), noise))
  # sd' = sd / sqrt(L), L = 2 / (c + sqrt(c^2 + 4w)) with w = 1/kappa, c = 1 - (1 + delta) w in [1/2, 3/2]
  w = torch.repeat_interleave(rho / torch.rsub(rho, 1.), state[9], output_size=PARAMETERS)
  c = minus_delta.sub_(1.).mul_(w).add_(1.).clamp_(0.5, 1.5)
  root = torch.addcmul(w.mul_(4.), c, c).sqrt_().add_(c).mul_(0.5).sqrt_()
  sd.mul_(torch.where(finite, root, 1.))
  # maximise: mean_m(s) / n = mean_m(g) / B - p0 (m - m0) / n
  both = torch.add(grad.narrow(0, 0, pairs), grad.narrow(0, pairs, pairs), out=grad.narrow(0, 0, pairs))
  ascent = both.select(0, 0)
  if pairs > 1:
    ascent = both.sum([0])
  else:
    pass
  ascent = ascent.mul_(1. / (2. * pairs * rows))
  prior = torch.sub(mean, state[5]).mul_(p0)
  ascent = ascent.sub_(prior, alpha=1. / n)
  before = prior.copy_(mean)
  state[7].add_(torch.rsub(bad, 1.))
  means = [mean]
  torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
  return torch.stack([log_likelihood, curvature, squares.mean(), rho.max(), torch.dist(means[0], before), torch.dot(state[2], state[2]) / (state[3].sum() + 1.e-30), bad])
