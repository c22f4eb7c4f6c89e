def step(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], weights: List[Tensor], slopes: List[Tensor], x: Tensor, y: Tensor, mask: Tensor, seed: int, lr: float, n: float) -> Tensor:
  theta = (self).draw(state, work, seed)
  out = (self).gradients(weights, slopes, x.clone(), y.clone(), mask.clone())
  return (self).update(state, means, work, lr, n)
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], weights: List[Tensor], x: Tensor, seed: int) -> List[Tensor]:
  theta = (self).draw(state, work, seed)
  return (self).describe((self).network(weights, x.clone()))
