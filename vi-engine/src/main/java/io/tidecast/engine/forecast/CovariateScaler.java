package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/** Brings covariates to level 0 and spread 1 by their own recent past, clipped to +-8. */
final class CovariateScaler {
  static final String KIND = "covariate-scaler";

  private final RunningScale[] now;
  private final RunningScale[] ahead;

  CovariateScaler(int covariates, int knownFuture) {
    now = new RunningScale[covariates];
    ahead = new RunningScale[knownFuture];
    for (int c = 0; c < covariates; c++) {
      now[c] = new RunningScale();
    }
    for (int k = 0; k < knownFuture; k++) {
      ahead[k] = new RunningScale();
    }
  }

  /** Takes in the covariates of a new step; of those known ahead, the ones for the next step. */
  void observe(Observation observation) {
    for (int c = 0; c < now.length; c++) {
      now[c].observe(observation.covariates()[c]);
    }
    for (int k = 0; k < ahead.length; k++) {
      ahead[k].observe(observation.knownFuture()[0][k]);
    }
  }

  /** Observed covariates [C], scaled. */
  float[] now(Observation observation) {
    float[] out = new float[now.length];
    for (int c = 0; c < now.length; c++) {
      out[c] = scaled(now[c], observation.covariates()[c]);
    }
    return out;
  }

  /** Covariates known ahead [H * K], scaled. */
  float[] ahead(Observation observation) {
    int leads = ahead.length == 0 ? 0 : observation.knownFuture().length;
    float[] out = new float[leads * ahead.length];
    for (int h = 0; h < leads; h++) {
      for (int k = 0; k < ahead.length; k++) {
        out[h * ahead.length + k] = scaled(ahead[k], observation.knownFuture()[h][k]);
      }
    }
    return out;
  }

  private static float scaled(RunningScale scale, double value) {
    double relative = (value - scale.level()) / scale.scale();
    return (float) Math.min(Math.max(relative, -Features.CLIP), Features.CLIP);
  }

  StateWriter save() {
    StateWriter out =
        new StateWriter(KIND, 1).putInt("now", now.length).putInt("ahead", ahead.length);
    for (int c = 0; c < now.length; c++) {
      out.putState("now-" + c, now[c].save());
    }
    for (int k = 0; k < ahead.length; k++) {
      out.putState("ahead-" + k, ahead[k].save());
    }
    return out;
  }

  static CovariateScaler restored(StateReader in) {
    CovariateScaler scaler = new CovariateScaler(in.getInt("now"), in.getInt("ahead"));
    for (int c = 0; c < scaler.now.length; c++) {
      scaler.now[c] = RunningScale.restored(in.getState("now-" + c, RunningScale.KIND, 1));
    }
    for (int k = 0; k < scaler.ahead.length; k++) {
      scaler.ahead[k] = RunningScale.restored(in.getState("ahead-" + k, RunningScale.KIND, 1));
    }
    return scaler;
  }
}
