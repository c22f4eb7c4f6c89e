# Common to all: steps and predictions; state[5] is the running average of state[0], which predictions are made from.
def step(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], weights: List[Tensor], slopes: List[Tensor], x: Tensor, y: Tensor, mask: Tensor, seed: int, lr: float, n: float) -> Tensor:
  theta = (self).draw(state, work, seed)
  out = (self).gradients((self).room(weights, slopes, x.clone(), y.clone(), mask.clone()))
  steps = (self).update(state, means, work, lr, n)
  average = state[5].lerp_(state[0], SHARE)
  return steps
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], weights: List[Tensor], x: Tensor, seed: int) -> List[Tensor]:
  theta = (self).draw(torch.add([state[5]], torch.slice(state, 1, 5)), work, seed)
  return (self).describe((self).network(weights, x.clone()))
