# TorchScript of the low-rank family, precision D + U U^T with A = D^-1/2 U; see LowRankPosterior.java.
# state: mean, D, moment1, moment2, prior_precision, prior_pull, noise [1], adam_steps, A [P, r]
# work:  theta [2K, P], grad [2K, P], eps [K, P], x [K, P]
# Gradients arrive divided by B M.
def with_views(self: __torch__.Script, work: List[Tensor]) -> List[Tensor]:
  return work
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  pairs = work[2].size(0)
  eps = (self).normals(work[2], pool, seed)
  a = state[8]
  # x = (I + A A^T)^-1/2 eps by the eigenvectors of A^T A
  values, vectors = torch.linalg_eigh(torch.matmul(a.t(), a))
  values = values.clamp_min(1.e-08)
  basis = torch.matmul(a, vectors / torch.sqrt(values))
  shrink = torch.rsub(torch.rsqrt(values + 1.), 1.)
  x = torch.sub(eps, torch.matmul(torch.matmul(eps, basis) * shrink, basis.t()), out=work[3])
  shift = x * torch.rsqrt(state[1])
  up = torch.add(state[0], shift, out=work[0].narrow(0, 0, pairs))
  down = torch.sub(state[0], shift, out=work[0].narrow(0, pairs, pairs))
  return work[0]
def draw_predictive(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw(state, work, pool, seed)
def value(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return out
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, n: float, rate: float, lr: float, refresh: float, newest: float) -> float:
  mean = state[0]
  d = state[1]
  a = state[8]
  x = work[3]
  grad = work[1]
  pairs = x.size(0)
  up = grad.narrow(0, 0, pairs)
  down = grad.narrow(0, pairs, pairs)
  ascent = torch.add(up, down).sum([0])
  good = (self).finite(ascent)
  if (self).proceed(good):
CLIP    root_d = torch.sqrt(d)
    score = torch.sub(up, down) * (n * float(pairs)) - x / root_d * state[4]
    # pm = (I + A A^T) x; residual of the antithetic pair, centred by construction
    pm = x + torch.matmul(torch.matmul(x, a), a.t())
    residual = score / root_d + pm
    delta = torch.neg((residual * pm).mean([0]))
    raw = torch.add(torch.matmul(residual.t(), torch.matmul(pm, a)), torch.matmul(pm.t(), torch.matmul(residual, a))) * (-0.5 / float(pairs))
    gram = torch.matmul(a.t(), a)
    damped = torch.linalg_inv(gram + torch.eye(gram.size(0), dtype=6, layout=0, device=a.device))
    direction = torch.matmul(raw, damped)
    change = direction - torch.matmul(a, torch.matmul(damped, torch.matmul(a.t(), direction))) * 0.5
    noise = state[6]
    rho = torch.reciprocal(noise.clamp_min(1.e-30)).mul_(LIMIT).clamp_(9.9999999999999995e-07, rate)
    square = torch.mean(delta * delta)
    keep = (noise > 0.) * 0.94999999999999996
    noise.copy_((self).kept(good, noise * keep + square * torch.rsub(keep, 1.), noise))
    # trust region: A changes by at most 5 % of its length in a step
    change = change * rho
    bound = (torch.linalg_vector_norm(a) + 9.9999999999999995e-07) * 0.05 / (torch.linalg_vector_norm(change) + 1.e-12)
    moved = a + change * bound.clamp_max(1.)
    w = rho / torch.rsub(rho, 1.)
    c = torch.rsub((delta + 1.) * w, 1.).mul_(0.5).clamp_(0.25, 0.75)
    inverse = torch.sqrt(c * c + w) + c
    d.copy_((self).kept(good, d / inverse, d))
    # U stays while D moves
    a.copy_((self).kept(good, moved * torch.sqrt(inverse).unsqueeze(1), a))
    ascent = ascent - (state[4] * mean - state[5]) * (1. / n)
    bad = (self).counted(good, state[7], torch.full_like(state[7], 0.5))
    torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
    work[2].narrow(0, 0, 1).copy_(delta.unsqueeze(0))
  else:
    pass
  return (self).skipped(good)
def diagnose(self: __torch__.Script, state: List[Tensor], work: List[Tensor], lr: float, n: float) -> List[Tensor]:
  delta = work[2].narrow(0, 0, 1).mean()
  rho = torch.reciprocal(state[6].clamp_min(1.e-30)).mul_(LIMIT).max()
  return torch.add([delta, state[6].mean(), rho], (self).adam_measures(state, lr))
