  difference = torch.sub(work[10], work[11], out=work[8])
  up = torch.add(work[10], work[11], out=work[10])
  ascent = work[12]
  if pairs > 1:
    ascent = up.sum([0])
  else:
    pass
