package org.gajah.type;

import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** A time zone as a session knows it: the name it was set by and its rules. */
public record TimeZoneRules(String name, ZoneRules rules) {
    public static final TimeZoneRules UTC = new TimeZoneRules("UTC", ZoneOffset.UTC.getRules());
}
