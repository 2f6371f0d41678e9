package org.gajah.wire;

/** What a server sends. */
public sealed interface BackendMessage permits Authentication, BackendKeyData, BindComplete, CloseComplete,
        CommandComplete, CopyBothResponse, CopyData, CopyDone, CopyInResponse, CopyOutResponse, DataRow,
        EmptyQueryResponse, ErrorResponse, FunctionCallResponse, NegotiateProtocolVersion, NoData, NoticeResponse,
        NotificationResponse, ParameterDescription, ParameterStatus, ParseComplete, PortalSuspended, ReadyForQuery,
        RowDescription {

    /** Writes the whole message, type and length included. */
    void encode(WireOutput out);

    /** Whether a server may send messages of this type. */
    static boolean isKnown(int type) {
        return "RKCDEGHINSTVWZAcdnstv123".indexOf(type) >= 0;
    }

    /** Reads a message. */
    static BackendMessage decode(Frame frame) throws MalformedMessage {
        Body body = frame.body();
        return switch (frame.type()) {
            case 'R' -> Authentication.decode(body);
            case '1' -> ParseComplete.decode(body);
            case '2' -> BindComplete.decode(body);
            case '3' -> CloseComplete.decode(body);
            case 'A' -> NotificationResponse.decode(body);
            case 'C' -> CommandComplete.decode(body);
            case 'D' -> DataRow.decode(body);
            case 'E' -> ErrorResponse.decode(body);
            case 'G' -> CopyInResponse.decode(body);
            case 'H' -> CopyOutResponse.decode(body);
            case 'I' -> EmptyQueryResponse.decode(body);
            case 'K' -> BackendKeyData.decode(body);
            case 'N' -> NoticeResponse.decode(body);
            case 'S' -> ParameterStatus.decode(body);
            case 'T' -> RowDescription.decode(body);
            case 'V' -> FunctionCallResponse.decode(body);
            case 'W' -> CopyBothResponse.decode(body);
            case 'Z' -> ReadyForQuery.decode(body);
            case 'c' -> CopyDone.decode(body);
            case 'd' -> CopyData.decode(body);
            case 'n' -> NoData.decode(body);
            case 's' -> PortalSuspended.decode(body);
            case 't' -> ParameterDescription.decode(body);
            case 'v' -> NegotiateProtocolVersion.decode(body);
            default -> throw new MalformedMessage("invalid backend message type " + frame.type());
        };
    }
}
