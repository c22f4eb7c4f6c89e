# One learning step and one prediction, each a single call from Java. Inputs are copied into memory that
# PyTorch allocated, so that alignment, and with it every bit, is the same in every process.
def step(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], weights: List[Tensor], slopes: List[Tensor], pool: Tensor, x: Tensor, y: Tensor, mask: Tensor, seed: int, n: float, rate: float, lr: float, refresh: float, diagnose: bool) -> List[float]:
  inputs = x.clone()
  targets = y.clone()
  known = mask.clone()
  theta = (self).draw(state, work, pool, seed)
  out = (self).gradients(weights, slopes, inputs, targets, known)
  return (self).finish(state, means, work, out, targets, known, n, rate, lr, refresh, diagnose)
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], weights: List[Tensor], pool: Tensor, x: Tensor, seed: int) -> List[Tensor]:
  theta = (self).draw_predictive(state, work, pool, seed)
  return (self).describe((self).network(weights, x.clone()))
