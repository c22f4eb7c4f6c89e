package io.tidecast.engine.posterior;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/** Small dense matrices in double precision, for the oracles. */
final class Matrices {
  private Matrices() {}

  static double[] solve(double[][] a, double[] b) {
    return new LUDecomposition(new Array2DRowRealMatrix(a))
        .getSolver()
        .solve(new ArrayRealVector(b))
        .toArray();
  }

  static double[][] inverse(double[][] a) {
    return new LUDecomposition(new Array2DRowRealMatrix(a)).getSolver().getInverse().getData();
  }

  /** KL(N(0, q^-1) || N(0, p^-1)) of two precisions, nats. */
  static double divergence(double[][] q, double[][] p) {
    RealMatrix ratio = new Array2DRowRealMatrix(p).multiply(new Array2DRowRealMatrix(inverse(q)));
    double determinant = new LUDecomposition(ratio).getDeterminant();
    return .5 * (ratio.getTrace() - p.length - Math.log(determinant));
  }
}
