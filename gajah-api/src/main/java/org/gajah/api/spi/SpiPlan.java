package org.gajah.api.spi;

import java.util.List;

/** Prepared commands. A plan goes with its connection unless it is kept; a kept one may be used by any later call in any session. C: SPIPlanPtr */
public interface SpiPlan {
    /**
     * Runs it. Arguments are natural Java values of the parameters' types. C: SPI_execute_plan, SPI_execp, SPI_execute_plan_extended,
     * SPI_execute_plan_with_paramlist; with {@code readOnly} also SPI_execute_snapshot
     */
    SpiResult execute(boolean readOnly, long count, Object... arguments);

    /** Opens it as a cursor; an empty name has one made. C: SPI_cursor_open, SPI_cursor_open_with_paramlist */
    SpiCursor open(String name, boolean readOnly, Object... arguments);

    /** Lets it outlive its connection; 0, or {@link SpiCode#ERROR_ARGUMENT}'s number if it was kept before. C: SPI_keepplan, SPI_saveplan */
    int keep();

    /** Forgets it; 0, or {@link SpiCode#ERROR_ARGUMENT}'s number if it was forgotten before. C: SPI_freeplan */
    int free();

    /** How many parameters it has. C: SPI_getargcount */
    int argumentCount();

    /** The type of a parameter, counted from 0. C: SPI_getargtypeid */
    int argumentType(int number);

    /** Whether it can be opened as a cursor. C: SPI_is_cursor_plan */
    boolean isCursorPlan();

    /**
     * Whether the catalogs are still as they were when it was planned; a plan that is not valid is made again when it runs.
     * C: SPI_plan_is_valid
     */
    boolean isValid();

    /** The commands' texts. C: SPI_plan_get_plan_sources */
    List<String> sources();
}
