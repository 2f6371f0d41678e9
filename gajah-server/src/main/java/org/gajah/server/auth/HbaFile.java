package org.gajah.server.auth;

import java.util.List;
import java.util.Optional;

/** The rules of a {@code pg_hba.conf} in order. */
public final class HbaFile {
    private final List<HbaRule> rules;

    HbaFile(List<HbaRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The method of the first rule that matches; empty if none does. */
    public Optional<HbaMethod> method(HbaRequest request) {
        return rules.stream().filter(rule -> rule.matches(request)).findFirst().map(HbaRule::method);
    }

    /** Whether some rule lets in, without any proof, clients that are not on this machine. */
    public boolean trustsStrangers() {
        return rules.stream().anyMatch(HbaRule::trustsStrangers);
    }
}
