# What a step cannot do without, measured on its own: matrix products, memory traffic, random numbers.
def products(self: __torch__.Script, inputs: List[Tensor], deltas: List[Tensor], weights: List[Tensor], slopes: List[Tensor], outs: List[Tensor], backs: List[Tensor]) -> Tensor:
  for i in range(torch.len(weights)):
    out = torch.bmm(inputs[i], weights[i], out=outs[i])
    slope = torch.bmm(inputs[i].transpose(1, 2), deltas[i], out=slopes[i])
    if backs[i].numel() > 0:
      back = torch.bmm(deltas[i], weights[i].transpose(1, 2), out=backs[i])
    else:
      pass
  return inputs[0]
def traffic(self: __torch__.Script, sources: List[Tensor], targets: List[Tensor]) -> Tensor:
  for i in range(torch.len(sources)):
    target = targets[i].copy_(sources[i])
  return sources[0]
def normals(self: __torch__.Script, eps: Tensor, seed: int) -> Tensor:
  generator = torch.Generator(device=eps.device, seed=seed)
  return eps.normal_(0., 1., generator=generator)
def nothing(self: __torch__.Script, x: Tensor) -> Tensor:
  return x
# One forward pass; the last weights are the linear path.
def forward(self: __torch__.Script, x: Tensor, weights: List[Tensor], biases: List[Tensor]) -> Tensor:
  h = x
  for i in range(torch.len(biases)):
    h = torch.addmm(biases[i], h, weights[i])
    if i + 1 < torch.len(biases):
      active = torch.relu_(h)
    else:
      pass
  skip = weights[torch.len(biases)]
  location = h.narrow(1, 0, skip.size(1)).add_(torch.mm(x, skip))
  return h
