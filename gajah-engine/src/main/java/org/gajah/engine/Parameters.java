package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.type.Errors;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.type.Utf8;
import org.gajah.vector.Vector;

/** Reads the parameter values of a Bind message. */
final class Parameters {
    private final TypeContext types;
    private final TransactionControl transactions;

    Parameters(TypeContext types, TransactionControl transactions) {
        this.types = types;
        this.transactions = transactions;
    }

    Object[] read(String portal, Prepared statement, String name, List<Boolean> formats, List<Optional<Slice>> values) {
        List<Integer> wanted = statement.parameterTypes();
        if (formats.size() > 1 && formats.size() != values.size()) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "bind message has " + formats.size() + " parameter formats but "
                    + values.size() + " parameters");
        }
        if (values.size() != wanted.size()) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "bind message supplies " + values.size()
                    + " parameters, but prepared statement \"" + name + "\" requires " + wanted.size());
        }
        Object[] read = new Object[values.size()];
        for (int i = 0; i < read.length; i++) {
            if (values.get(i).isPresent()) {
                boolean binary = !formats.isEmpty() && formats.get(formats.size() == 1 ? 0 : i);
                read[i] = read(i, wanted.get(i), values.get(i).get(), binary, portal);
            }
        }
        return read;
    }

    private Object read(int index, int type, Slice value, boolean binary, String portal) {
        TypeCodec codec = transactions.isOpen() ? transactions.catalog().inputCodec(type) : types.codec(type);
        Vector one = Vector.of(codec.carrier(), 1);
        try {
            if (binary) {
                codec.receive(value, -1, types, one, 0);
            } else {
                Utf8.validate(value);
                codec.parse(value, -1, types, one, 0);
            }
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, e.getMessage(), e).context(place(index, portal));
        } catch (SqlError e) {
            SqlError told = Errors.isLeftover(e) ? Errors.leftover(e, "incorrect binary data format in bind parameter " + (index + 1)) : e;
            throw told.context(place(index, portal) + (binary || e.state() == SqlState.CHARACTER_NOT_IN_REPERTOIRE ? "" : " = '...'"));
        }
        return one.get(0);
    }

    private static String place(int index, String portal) {
        return (portal.isEmpty() ? "unnamed portal" : "portal \"" + portal + "\"") + " parameter $" + (index + 1);
    }
}
