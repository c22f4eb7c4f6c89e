# Learning steps and one prediction, each a single call from Java: a call costs as much as several operations.
# rows: inputs, targets and mask of each step; rooms: the network's room of each; numbers of each step: see Steps.java
def learning_room(self: __torch__.Script, weights: List[Tensor], slopes: List[Tensor], x: Tensor, y: Tensor, mask: Tensor) -> List[Tensor]:
  return (self).room(weights, slopes, (self).place(x), (self).place(y), (self).place(mask))
def steps(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], weights: List[Tensor], slopes: List[Tensor], pool: Tensor, rows: List[Tensor], rooms: List[Tensor], seeds: List[int], numbers: List[float]) -> List[float]:
  report = annotate(List[float], [])
  size = torch.floordiv(torch.len(rooms), torch.len(seeds))
  for i in range(torch.len(seeds)):
    theta = (self).draw(state, work, pool, seeds[i])
    room = torch.slice(rooms, size * i, size * i + size)
    x = (self).bring(rows[3 * i], room[0])
    y = (self).bring(rows[3 * i + 1], room[1])
    mask = (self).bring(rows[3 * i + 2], room[2])
    out = (self).gradients(room)
    numbers_i = torch.slice(numbers, 7 * i, 7 * i + 7)
    done = (self).finish(state, means, work, out, y, mask, numbers_i)
    report = torch.add(report, done)
CURVATURE  return report
PREDICTIONdef steps_then_predict(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], weights: List[Tensor], slopes: List[Tensor], pool: Tensor, rows: List[Tensor], rooms: List[Tensor], seeds: List[int], numbers: List[float], draw_work: List[Tensor], draw_pool: Tensor, room: List[Tensor], x: Tensor, seed: int, answers: List[Tensor]) -> List[float]:
  report = (self).steps(state, means, work, weights, slopes, pool, rows, rooms, seeds, numbers)
  return torch.add(report, (self).predict(state, draw_work, draw_pool, room, x, seed, answers))
