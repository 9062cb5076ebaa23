/// How the yearly log growth of asset classes moves together: symmetric, ones on the diagonal, positive
/// semidefinite.
package struct CorrelationMatrix: Sendable, Equatable {
    /// Row by row; each row as long as the matrix.
    package let rows: [[Double]]
    /// The Cholesky factor: lower triangular, `lower x lower^T = rows`. A column of zeros is a class that the
    /// ones before it determine.
    package let lower: [[Double]]

    /// What rounding may leave of a pivot that is zero in truth, as with two classes of correlation 1.
    private static let pivotTolerance = 1e-10

    /// - Throws: ``RetirementFailure/correlationsNotSquare``,
    ///   ``RetirementFailure/correlationOutOfRange(row:column:)`` or, for a matrix no set of random numbers
    ///   can have, ``RetirementFailure/correlationsContradictory``. Nothing is repaired silently.
    package init(_ rows: [[Double]]) throws(RetirementFailure) {
        guard !rows.isEmpty, rows.allSatisfy({ $0.count == rows.count }) else { throw .correlationsNotSquare }
        for row in rows.indices {
            for column in 0...row {
                let value = rows[row][column]
                guard value.isFinite, abs(value) <= 1, value == rows[column][row], row != column || value == 1
                else { throw .correlationOutOfRange(row: row, column: column) }
            }
        }
        self.rows = rows
        lower = try Self.choleskyFactor(of: rows)
    }

    /// The Cholesky factor of some of the classes alone, which needs no more factors than there are classes.
    ///
    /// - Parameter indices: Rows of the matrix, each once.
    func lower(of indices: [Int]) -> [[Double]] {
        let part = indices.map { row in indices.map { rows[row][$0] } }
        // What rounding keeps from being factored alone is taken from the factor of all.
        return (try? Self.choleskyFactor(of: part)) ?? indices.map { lower[$0] }
    }

    private static func choleskyFactor(of rows: [[Double]]) throws(RetirementFailure) -> [[Double]] {
        var lower = [[Double]](
            repeating: [Double](repeating: 0, count: rows.count), count: rows.count)
        for column in rows.indices {
            let pivot = 1 - lower[column][..<column].reduce(0) { $0 + $1 * $1 }
            guard pivot >= -pivotTolerance else { throw .correlationsContradictory }
            let isDetermined = pivot <= pivotTolerance
            if !isDetermined { lower[column][column] = pivot.squareRoot() }
            for row in (column + 1)..<max(rows.count, column + 1) {
                var rest = rows[row][column]
                for before in 0..<column { rest -= lower[row][before] * lower[column][before] }
                if !isDetermined {
                    lower[row][column] = rest / lower[column][column]
                } else if abs(rest) > pivotTolerance.squareRoot() {
                    throw .correlationsContradictory
                }
            }
        }
        return lower
    }
}
