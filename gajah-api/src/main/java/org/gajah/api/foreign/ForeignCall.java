package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;

/** A call of a {@link ForeignFunction}: its arguments, and what the calling session has. */
public interface ForeignCall {
    /** The arguments as text in ISO style; nothing for null. */
    List<Optional<String>> arguments();

    /** The types of the columns of its result, as declared or as the caller wants them. */
    List<ForeignType> columns();

    /** A server of this wrapper that the current role may use; 42704 if there is none, 42501 if it may not. */
    ForeignServer server(String name);

    /** All servers of this wrapper. */
    List<ForeignServer> servers();

    /** Whether the current role has the privileges of a predefined one. */
    boolean mayAs(String predefinedRole);

    /** Who the current role is on a server. */
    Optional<UserMapping> mapping(ForeignServer server);

    /** What the session has open on a server for the current role, in a transaction; it is opened if it was not. */
    ForeignSession session(ForeignServer server);

    /** Whether this transaction has used the server. */
    boolean isInUse(ForeignServer server);

    /** Tells the client something. */
    void warn(SqlError message);
}
