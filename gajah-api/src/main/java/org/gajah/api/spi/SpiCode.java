package org.gajah.api.spi;

import java.util.Arrays;
import java.util.Optional;

/** PostgreSQL's SPI result codes. */
public enum SpiCode {
    /** SPI could not be connected to. */
    ERROR_CONNECT(-1),
    /** {@code COPY ... TO STDOUT} or {@code FROM STDIN}. */
    ERROR_COPY(-2),
    /** A kind of command that nobody knows. */
    ERROR_OPUNKNOWN(-3),
    /** Called outside of a connected routine. */
    ERROR_UNCONNECTED(-4),
    /** Not used. */
    ERROR_CURSOR(-5),
    /** An argument that cannot be. */
    ERROR_ARGUMENT(-6),
    /** Values for parameters are missing. */
    ERROR_PARAM(-7),
    /** A command that begins, ends or divides a transaction. */
    ERROR_TRANSACTION(-8),
    /** No such column. */
    ERROR_NOATTRIBUTE(-9),
    /** No output function. */
    ERROR_NOOUTFUNC(-10),
    /** An unknown type. */
    ERROR_TYPUNKNOWN(-11),
    /** A registered relation of this name is there already. */
    ERROR_REL_DUPLICATE(-12),
    /** No registered relation of this name. */
    ERROR_REL_NOT_FOUND(-13),
    /** Connected. */
    OK_CONNECT(1),
    /** Disconnected. */
    OK_FINISH(2),
    /** FETCH gave rows. */
    OK_FETCH(3),
    /** A utility command was carried out. */
    OK_UTILITY(4),
    /** SELECT. */
    OK_SELECT(5),
    /** SELECT INTO. */
    OK_SELINTO(6),
    /** INSERT. */
    OK_INSERT(7),
    /** DELETE. */
    OK_DELETE(8),
    /** UPDATE. */
    OK_UPDATE(9),
    /** A cursor was dealt with. */
    OK_CURSOR(10),
    /** INSERT with RETURNING. */
    OK_INSERT_RETURNING(11),
    /** DELETE with RETURNING. */
    OK_DELETE_RETURNING(12),
    /** UPDATE with RETURNING. */
    OK_UPDATE_RETURNING(13),
    /** Rules made another command of it; also of the empty string. */
    OK_REWRITTEN(14),
    /** A relation was registered. */
    OK_REL_REGISTER(15),
    /** A relation is no longer registered. */
    OK_REL_UNREGISTER(16),
    /** A trigger's transition tables were registered. */
    OK_TD_REGISTER(17),
    /** MERGE. */
    OK_MERGE(18),
    /** MERGE with RETURNING. */
    OK_MERGE_RETURNING(19);

    private final int number;

    SpiCode(int number) {
        this.number = number;
    }

    /** PostgreSQL's number. */
    public int number() {
        return number;
    }

    /** Whether it is negative. */
    public boolean isError() {
        return number < 0;
    }

    /** The code of a number. */
    public static Optional<SpiCode> of(int number) {
        return Arrays.stream(values()).filter(c -> c.number == number).findFirst();
    }

    /** PostgreSQL's name: {@code SPI_OK_SELECT}. C: SPI_result_code_string. */
    @Override
    public String toString() {
        return "SPI_" + name();
    }
}
