  pairs = shift.size(0)
  up = grad.narrow(0, 0, pairs)
  down = grad.narrow(0, pairs, pairs)
  difference = torch.sub(up, down, out=work[0].narrow(0, 0, pairs))
  ascent = torch.add(up, down, out=up).select(0, 0)
  if pairs > 1:
    ascent = up.sum([0])
  else:
    pass
