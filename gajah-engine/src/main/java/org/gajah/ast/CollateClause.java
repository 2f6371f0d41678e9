package org.gajah.ast;

import java.util.List;

/**
 * argument COLLATE name, the name maybe qualified.
 *
 * @param collation the name, maybe qualified
 * @param location where errors about it point, in code points from 1
 */
public record CollateClause(Expression argument, List<String> collation, int location) implements Expression {
}
