package org.gajah.analyze;

import java.util.List;

import org.gajah.api.SqlError;

/**
 * A statement analyzed.
 *
 * @param query       typed and resolved; views in it are still references unless the {@link Rewriter} has been over it
 * @param parameters  the type of each parameter
 * @param columns     what it returns; empty for a statement without result
 * @param permissions what its user must be allowed to do
 * @param notices     messages for the client
 */
public record Analyzed(Query query, List<Integer> parameters, List<ResultColumn> columns,
        List<RequiredPermission> permissions, List<SqlError> notices) {
}
