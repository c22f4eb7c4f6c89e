  delta = (self).curvature(difference, work[13], work[2], work[14], state[4], state[1], scale)
GROUP  root = (self).inverse_root(delta, work[13], work[15], work[3], work[5], scale)
  precision = state[1].div_((self).kept(good, root, work[5] + work[5]))
