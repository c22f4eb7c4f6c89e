# Gauss-Newton diagonal by sampled labels: where the labels come from the model itself, the squared gradient of the batch's
# log-likelihood has the Fisher diagonal as its mean. numbers: see Steps.java; the last is the step size rho of these steps.
def gauss_newton(self: __torch__.Script, state: List[Tensor], work: List[Tensor], mask: Tensor, numbers: List[float]) -> Tensor:
  rho = numbers[5]
  gradient = work[1].select(0, 0)
  good = (self).finite(gradient)
  if (self).proceed(good):
    # the filter p' = (1 - rho) p + rho (p0 + H), positive as no term is negative; a spike raises p sixfold at most. The
    # proximal root would add rho times the estimate's variance, which is at least 2.
    target = torch.addcmul(state[4], gradient, gradient, value=numbers[0] / float(mask.size(0)))
    delta = target.div_(state[1]).sub_(1.).clamp_max_(5. / rho)
    squares = torch.stack(torch._foreach_norm(delta.split_with_sizes(SIZES))).square_() / work[4]
    state[6].copy_((self).kept(good, squares, state[6]))
    work[6].copy_((self).kept(good, delta.mean(), work[6]))
    w = work[3].fill_(rho / (1. - rho))
    precision = state[1].mul_((self).kept(good, delta.mul_(rho).add_(1.), work[5] + work[5]))
  else:
    pass
  return gradient
