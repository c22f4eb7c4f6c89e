# work: variances of the weights [P], normals [M / 2, 1, sums]
def prediction_room(self: __torch__.Script, state: List[Tensor], work: List[Tensor], weights: List[Tensor], x: Tensor) -> List[Tensor]:
  means = (self).views((self).centre(state).unsqueeze(0))
  return (self).room_of_sums(means, (self).views(work[0].unsqueeze(0)), (self).place(x), work[1])
def predict(self: __torch__.Script, state: List[Tensor], work: List[Tensor], pool: Tensor, room: List[Tensor], x: Tensor, seed: int, answers: List[Tensor]) -> List[float]:
  variance = (self).variance(state, work[0])
  normals = work[1].copy_((self).normals(work[1], pool, seed))
  rows = (self).bring(x, room[0])
  return (self).answer((self).sums(room), answers)
