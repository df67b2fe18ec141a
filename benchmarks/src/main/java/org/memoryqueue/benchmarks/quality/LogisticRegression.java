package org.memoryqueue.benchmarks.quality;

import java.util.Arrays;

/**
 * Logistic regression with an L2 penalty, fitted by Newton's method (Hastie, Tibshirani, Friedman: The Elements of
 * Statistical Learning, 2nd ed., 4.4.1 and 3.4.1). The columns are standardised first, so that the penalty treats all
 * alike; the intercept bears none. Deterministic: no random numbers, and {@link StrictMath}.
 */
final class LogisticRegression {

    private static final int MOST_STEPS = 50;
    private static final double CONVERGED = 1e-10;

    private final double[][] rows;
    private final boolean[] labels;
    private final double penalty;
    private final double[] mean;
    private final double[] scale;

    private LogisticRegression(double[][] raw, boolean[] labels, double penalty) {
        this.labels = labels.clone();
        this.penalty = penalty;
        int columns = raw[0].length;
        mean = new double[columns];
        scale = new double[columns];
        for (int column = 0; column < columns; column++) {
            mean[column] = mean(raw, column);
            scale[column] = deviation(raw, column, mean[column]);
        }
        rows = Arrays.stream(raw).map(this::standardised).toArray(double[][]::new);
    }

    /**
     * Fits a model.
     *
     * @param rows one for each example, all of one length; at least one
     * @param labels the outcome of each
     * @param penalty the weight of half the sum of squared coefficients, above 0
     * @return the intercept, then a coefficient for each column in its own unit
     */
    static double[] fit(double[][] rows, boolean[] labels, double penalty) {
        LogisticRegression regression = new LogisticRegression(rows, labels, penalty);
        return regression.inOwnUnits(regression.fit());
    }

    private double[] fit() {
        double[] beta = new double[mean.length + 1];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] change = newtonStep(beta);
            double largest = 0;
            for (int i = 0; i < beta.length; i++) {
                beta[i] += change[i];
                largest = Math.max(largest, Math.abs(change[i]));
            }
            if (largest < CONVERGED) {
                break;
            }
        }
        return beta;
    }

    /** Solves H · change = gradient, where H is the Hessian of the penalised negative log-likelihood. */
    private double[] newtonStep(double[] beta) {
        int size = beta.length;
        double[][] hessian = new double[size][size];
        double[] gradient = new double[size];
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double probability = probability(beta, row);
            double error = (labels[i] ? 1 : 0) - probability;
            double weight = probability * (1 - probability);
            for (int a = 0; a < size; a++) {
                gradient[a] += error * row[a];
                for (int b = 0; b <= a; b++) {
                    hessian[a][b] += weight * row[a] * row[b];
                }
            }
        }
        hessian[0][0] += 1e-9; // keeps it definite when all labels are the same
        for (int a = 1; a < size; a++) {
            hessian[a][a] += penalty;
            gradient[a] -= penalty * beta[a];
        }
        return solve(hessian, gradient);
    }

    /** Solves a symmetric positive definite system, given by its lower triangle, by Cholesky's decomposition. */
    private static double[] solve(double[][] lower, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = lower[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        double[] x = right.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    private static double probability(double[] beta, double[] row) {
        double z = 0;
        for (int i = 0; i < beta.length; i++) {
            z += beta[i] * row[i];
        }
        return 1 / (1 + StrictMath.exp(-z));
    }

    private double[] inOwnUnits(double[] beta) {
        double[] own = beta.clone();
        for (int column = 0; column < mean.length; column++) {
            own[column + 1] = beta[column + 1] / scale[column];
            own[0] -= own[column + 1] * mean[column];
        }
        return own;
    }

    /** The row with a 1 for the intercept before its columns. */
    private double[] standardised(double[] raw) {
        double[] row = new double[raw.length + 1];
        row[0] = 1;
        for (int column = 0; column < raw.length; column++) {
            row[column + 1] = (raw[column] - mean[column]) / scale[column];
        }
        return row;
    }

    private static double mean(double[][] rows, int column) {
        double sum = 0;
        for (double[] row : rows) {
            sum += row[column];
        }
        return sum / rows.length;
    }

    /** The standard deviation; 1 for a column that never changes, which then has no say. */
    private static double deviation(double[][] rows, int column, double mean) {
        double sum = 0;
        for (double[] row : rows) {
            sum += (row[column] - mean) * (row[column] - mean);
        }
        double deviation = Math.sqrt(sum / rows.length);
        return deviation > 1e-12 ? deviation : 1;
    }
}
