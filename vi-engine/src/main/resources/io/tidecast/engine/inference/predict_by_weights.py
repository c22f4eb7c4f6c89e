def prediction_room(self: __torch__.Script, state: List[Tensor], work: List[Tensor], weights: List[Tensor], x: Tensor) -> List[Tensor]:
  rows = (self).place(x)
  return torch.add([rows], (self).room_ahead(weights, rows))
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, room: List[Tensor], x: Tensor, seed: int, answers: List[Tensor]) -> List[float]:
  theta = (self).draw_predictive(state, work, pool, seed)
  rows = (self).bring(x, room[0])
  return (self).answer((self).forward(torch.slice(room, 1)), answers)
