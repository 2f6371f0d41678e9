package org.gajah.sysfunc;

import java.util.List;

/** The classes that hold system functions. */
public final class SystemFamilies {
    /** All of them. */
    public static final List<Class<?>> ALL = List.of(AclFunctions.class, AdvisoryLockFunctions.class, ColumnPrivilegeFunctions.class,
            ConfigurationFunctions.class, CounterFunctions.class, CounterRowFunctions.class, DefinitionFunctions.class, EventFunctions.class,
            InformationSchemaFunctions.class, InputFunctions.class, JarFunctions.class, LockFunctions.class, NotifyFunctions.class, ObjectFunctions.class,
            PartitionFunctions.class, PrivilegeFunctions.class, RoleFunctions.class, SequenceFunctions.class, ServerFunctions.class, SessionFunctions.class,
            SizeFunctions.class, StatusFunctions.class, TriggerFunctions.class, VisibilityFunctions.class);

    private SystemFamilies() {
    }
}
