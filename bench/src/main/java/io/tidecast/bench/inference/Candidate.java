package io.tidecast.bench.inference;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A method and the learning rates that it is tried at.
 *
 * @param rates of them, the one with the lowest CRPS on the part of the data that is not scored is
 *     taken; as many for every method
 * @param at a new method that has learned nothing yet, at a learning rate
 */
record Candidate(String name, List<Double> rates, DoubleFunction<Method> at) {}
