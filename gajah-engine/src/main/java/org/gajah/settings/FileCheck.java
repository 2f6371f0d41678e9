package org.gajah.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;

/**
 * What a running server makes of its configuration files.
 *
 * <p>Of several lines for one setting the last one counts. A line that cannot be read, or whose setting is unknown, spoils the files as
 * a whole; a value that is wrong, or that only a restart could bring, spoils its line alone.
 */
public final class FileCheck {
    /**
     * A line with its fate.
     *
     * @param error  as in pg_file_settings
     * @param reason why, for the log
     */
    public record Verdict(FileLine line, boolean applied, Optional<String> error, Optional<String> reason) {
    }

    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<String, FileLine> values = new HashMap<>();
    private boolean usable = true;

    private FileCheck() {
    }

    static FileCheck of(List<FileLine> lines, ServerSettings server) {
        FileCheck check = new FileCheck();
        Map<String, FileLine> last = new HashMap<>();
        lines.forEach(l -> last.put(key(l), l));
        lines.forEach(l -> check.verdicts.add(check.judge(l, last.get(key(l)) == l, server)));
        if (!check.usable) {
            check.values.clear();
            check.verdicts.replaceAll(v -> new Verdict(v.line, false, v.reason.isEmpty() || v.line.error().isPresent() || isUnknown(v.line)
                    ? v.error : Optional.empty(), v.reason));
        }
        return check;
    }

    private static String key(FileLine line) {
        return line.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isUnknown(FileLine line) {
        return SettingDefinitions.find(line.name()).isEmpty() && !Settings.isCustom(line.name());
    }

    private Verdict judge(FileLine line, boolean isLast, ServerSettings server) {
        if (line.error().isPresent()) {
            usable = false;
            return new Verdict(line, false, line.error().map(e -> e.startsWith("syntax error") ? "syntax error" : e), line.error());
        }
        if (isUnknown(line)) {
            usable = false;
            return new Verdict(line, false, Optional.of("unrecognized configuration parameter"),
                    Optional.of("unrecognized configuration parameter \"" + line.name() + "\""));
        }
        if (!isLast) {
            return new Verdict(line, false, Optional.empty(), Optional.empty());
        }
        try {
            String canonical = Settings.checkForFile(line.name(), line.value());
            values.put(key(line), new FileLine(line.file(), line.line(), line.name(), canonical));
            if (server.needsRestart(line.name(), canonical)) {
                return new Verdict(line, false, Optional.of("setting could not be applied"),
                        Optional.of("parameter \"" + line.name() + "\" cannot be changed without restarting the server"));
            }
            return new Verdict(line, true, Optional.empty(), Optional.empty());
        } catch (SqlError e) {
            return new Verdict(line, false, Optional.of("setting could not be applied"), Optional.of(e.getMessage()));
        }
    }

    /** Every line with its fate, in order. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** Whether anything of the files can be taken over. */
    public boolean isUsable() {
        return usable;
    }

    /** The lines that count, with canonical values, by lower-case names; those that need a restart too. */
    Map<String, FileLine> values() {
        return values;
    }
}
