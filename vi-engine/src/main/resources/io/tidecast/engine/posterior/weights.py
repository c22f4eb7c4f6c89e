    # score matching is blind to the weights of separated modes: raise those with more evidence than average
    prior = (theta * state[5]).sum([1]) - (theta * theta * state[4]).sum([1]) * 0.5
    evidence = (value * (n * float(draws)) + prior - torch.logsumexp(joint, [1])).view([components, -1]).mean([1])
    weights = torch.softmax(state[8], 0)
    gain = (evidence - (weights * evidence).sum()).clamp(-10., 10.) * rate
    warm = (state[7] > 100.).to(6)
    raised = torch.softmax(state[8] + gain * warm, 0).clamp_min(0.001)
    state[8].copy_((self).kept(good, torch.log(raised / raised.sum()), state[8]))
