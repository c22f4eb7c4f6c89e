# TorchScript of the mean-field family; MeanFieldPosterior.java says what it computes and where it is from.
# state: mean, precision, moment1, moment2, prior_precision, prior_pull = prior_precision * prior_mean,
#        noise [T], adam_steps, usual_length, average of the means (with averaging only)
# work:  theta [M, P], grad [M, P], shift [K, P] with M = 2K, or M = K = 1 with sampled labels, w [P], counts [T], a_half [],
#        measured [T], then views of these, made once, as a view costs as much as a small operation: see with_views
# means is [mean] once more: PyTorch's optimiser drops a fused update of a list that is not an argument.
# Gradients arrive divided by B M, so that their sum over the draws is mean_m(g_m) / B.
def with_views(self: __torch__.Script, work: List[Tensor]) -> List[Tensor]:
  theta = work[0]
  grad = work[1]
  pairs = work[2].size(0)
  rest = theta.size(0) - pairs
  # roots of the precisions, in the room of the draw that is written last
  views = [theta.select(0, -1), theta.narrow(0, 0, pairs), theta.narrow(0, rest, pairs)]
  views = torch.add(views, [grad.narrow(0, 0, pairs), grad.narrow(0, rest, pairs), grad.select(0, 0)])
  # one vector to spare, delta, first shift
  delta = theta.select(0, 0)
  if pairs > 1:
    delta = grad.select(0, rest + 1)
  else:
    pass
  views = torch.add(views, [grad.select(0, rest), delta, work[2].select(0, 0)])
  # w, delta and what is measured, tensor by tensor
  tensors = torch.add(work[3].split_with_sizes(SIZES), delta.split_with_sizes(SIZES))
  return torch.add(torch.add(work, views), torch.add(tensors, torch.unbind(work[6])))
def draw_around(self: __torch__.Script, centre: Tensor, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  shift = work[2]
  # roots and a division are faster than rsqrt
  root = torch.sqrt(state[1], out=work[7])
  shifts = torch.div((self).normals(shift, pool, seed), root, out=shift)
  up = torch.add(centre, shift, out=work[8])
  if work[0].size(0) > shift.size(0):
    down = torch.sub(centre, shift, out=work[9])
  else:
    pass
  return work[0]
def draw(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around(state[0], state, work, pool, seed)
def draw_predictive(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, seed: int) -> Tensor:
  return (self).draw_around((self).centre(state), state, work, pool, seed)
# What predictions are drawn around, and how widely.
def centre(self: __torch__.Script, state: List[Tensor]) -> Tensor:
  return CENTRE
def variance(self: __torch__.Script, state: List[Tensor], out: Tensor) -> Tensor:
  return torch.reciprocal(state[1], out=out)
def value(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
  return out
def update(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, n: float, rate: float, lr: float, refresh: float, newest: float) -> float:
  mean = state[0]
  pairs = work[2].size(0)
ASCENT  good = (self).finite(ascent)
  if (self).proceed(good):
CLIPPRECISION    # maximise: mean_m(s) / n = mean_m(g) / B - p0 (m - m0) / n, by Adam as inner solver
    ascent = torch.addcmul(ascent, state[4], mean, value=-1. / n, out=ascent)
PULL    bad = (self).counted(good, state[7], work[5])
    torch._fused_adam_(means, [ascent], [state[2]], [state[3]], [], [state[7]], lr=lr, beta1=BETA1, beta2=BETA2, weight_decay=0., eps=1.e-08, amsgrad=False, maximize=True, found_inf=bad)
AVERAGE  else:
    pass
  return (self).skipped(good)
def diagnose(self: __torch__.Script, state: List[Tensor], work: List[Tensor], lr: float, n: float) -> List[Tensor]:
  rate = work[3].max()
  return torch.add([MEAN_DELTA, state[6].mean(), rate / (rate + 1.)], (self).adam_measures(state, lr))
