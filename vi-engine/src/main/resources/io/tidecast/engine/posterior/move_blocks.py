  differences = torch.split(difference, BLOCK, 1)
  spares = torch.split(down, BLOCK, 1)
  shifts = torch.split(shift, BLOCK, 1)
  priors = torch.split(state[4], BLOCK, 0)
  precisions = torch.split(state[1], BLOCK, 0)
  ws = torch.split(w, BLOCK, 0)
  for i in range(torch.len(ws)):
    part = (self).curvature(differences[i], spares[i], shifts[i], priors[i], precisions[i], scale)
    root = (self).inverse_root(part, spares[i], shifts[i], ws[i], work[5], scale)
    precision = precisions[i].div_((self).kept(good, root, work[5] + work[5]))
  delta = difference.select(0, 0)
  if pairs > 1:
    delta = down.select(0, 1)
  else:
    pass
