package org.tallykeep.models.optimise;

/** Arithmetic of short vectors, in a fixed order. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += u[i] * v[i];
    }
    return sum;
  }

  static double[] along(double[] from, double step, double[] direction) {
    double[] point = from.clone();
    for (int i = 0; i < point.length; i++) {
      point[i] += step * direction[i];
    }
    return point;
  }

  static double[] difference(double[] u, double[] v) {
    return along(u, -1, v);
  }

  static double norm(double[] v) {
    double norm = 0;
    for (double component : v) {
      norm = Math.max(norm, Math.abs(component));
    }
    return norm;
  }

  static double[] times(double[][] matrix, double[] v) {
    double[] product = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      product[i] = dot(matrix[i], v);
    }
    return product;
  }
}
