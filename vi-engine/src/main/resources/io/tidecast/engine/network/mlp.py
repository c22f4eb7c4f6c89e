# TorchScript of fully connected layers; see Mlp.java. A room holds the arrays and views of a pass over rows of a certain number,
# made once: a view or an allocation costs as much as a small operation.
def room_ahead(self: __torch__.Script, w: List[Tensor], x: Tensor) -> List[Tensor]:
  draws = w[0].size(0)
  rows = x.size(0)
LINES_AHEAD  return [NAMES_AHEAD]
def forward(self: __torch__.Script, ahead: List[Tensor]) -> Tensor:
  NAMES_AHEAD = ahead
FORWARD  return OUTPUTS
def network(self: __torch__.Script, w: List[Tensor], x: Tensor) -> Tensor:
  return (self).forward((self).room_ahead(w, x))
# Inputs, targets, mask, the forward and the backward pass, factors and result of each product of each draw, and the
# likelihood's room.
def room(self: __torch__.Script, w: List[Tensor], g: List[Tensor], x: Tensor, y: Tensor, mask: Tensor) -> List[Tensor]:
  draws = w[0].size(0)
  rows = x.size(0)
  ahead = (self).room_ahead(w, x)
  NAMES_AHEAD = ahead
LINES_BACK  made = torch.add(torch.add([x, y, mask], ahead), [NAMES_BACK])
  for m in range(draws):
    made = torch.add(made, [PRODUCTS])
  return torch.add(made, (self).likelihood_room(OUTPUTS, SLOPES))
def gradients(self: __torch__.Script, room: List[Tensor]) -> Tensor:
  ahead = torch.slice(room, 3, 3 + COUNT_AHEAD)
  out = (self).forward(ahead)
  NAMES_AHEAD = ahead
  NAMES_BACK = torch.slice(room, 3 + COUNT_AHEAD, 3 + COUNT_AHEAD + COUNT_BACK)
  products = COUNT_PRODUCTS * OUTPUTS.size(0)
  last = torch.slice(room, 3 + COUNT_AHEAD + COUNT_BACK + 3 * products)
  filled = (self).likelihood_gradient(last, room[1], room[2])
BACKWARD  for i in range(products):
    at = 3 + COUNT_AHEAD + COUNT_BACK + 3 * i
    product = torch.mm(room[at], room[at + 1], out=room[at + 2])
  return out
# Outputs [M, B, outputs] at M weight draws that are never made: given its inputs, each sum of a layer is normal, independently of
# the others. normals [M / 2, 1, sums] are used with both signs, and for every row. mean and variance: tensor by tensor
def room_of_sums(self: __torch__.Script, mean: List[Tensor], variance: List[Tensor], x: Tensor, normals: Tensor) -> List[Tensor]:
  pairs = normals.size(0)
  draws = 2 * pairs
  rows = x.size(0)
LINES_SUMS  return [NAMES_SUMS]
def sums(self: __torch__.Script, room: List[Tensor]) -> Tensor:
  NAMES_SUMS = room
SUMS  return OUTPUTS
