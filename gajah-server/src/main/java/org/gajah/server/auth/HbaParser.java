package org.gajah.server.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Reads {@code pg_hba.conf} (manual, section 20.1). Every line has to be right, or the whole file is refused. */
public final class HbaParser {
    private final String file;
    private final List<HbaRule> rules = new ArrayList<>();

    private HbaParser(String file) {
        this.file = file;
    }

    /** Reads the file's text; {@code file} is its name for messages. */
    public static HbaFile parse(String file, String text) throws HbaError {
        HbaParser parser = new HbaParser(file);
        String[] lines = text.split("\n", -1);
        StringBuilder logical = new StringBuilder();
        int first = 1;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            if (line.endsWith("\\")) {
                logical.append(line, 0, line.length() - 1);
                continue;
            }
            parser.line(logical.append(line).toString(), first);
            logical.setLength(0);
            first = i + 2;
        }
        if (parser.rules.isEmpty()) {
            throw new HbaError("configuration file \"" + file + "\" contains no entries");
        }
        return new HbaFile(parser.rules);
    }

    private void line(String line, int number) throws HbaError {
        List<List<HbaRule.Name>> fields = HbaTokens.fields(line);
        if (fields.isEmpty()) {
            return;
        }
        HbaRule.Kind kind = kind(only(fields, 0, number, "connection type"), number);
        List<HbaRule.Name> databases = names(fields, 1, number, "database");
        List<HbaRule.Name> users = names(fields, 2, number, "role");
        int next = 3;
        HbaAddress address = new HbaAddress.All();
        if (kind != HbaRule.Kind.LOCAL) {
            String text = only(fields, next, number, "IP address");
            next++;
            boolean bare = InetAddressText.parse(text).isPresent();
            Optional<String> mask = bare ? Optional.of(only(fields, next, number, "netmask")) : Optional.empty();
            next += bare ? 1 : 0;
            address = address(text, mask, number);
        }
        String name = only(fields, next, number, "authentication method");
        HbaMethod method = HbaMethod.named(name)
                .orElseThrow(() -> new HbaError(file, number, "invalid authentication method \"" + name + "\""));
        if (fields.size() > next + 1) {
            throw new HbaError(file, number, "unrecognized authentication option name: \""
                    + fields.get(next + 1).getFirst().text() + "\"");
        }
        rules.add(new HbaRule(kind, databases, users, address, method));
    }

    private HbaRule.Kind kind(String name, int number) throws HbaError {
        return switch (name) {
            case "local" -> HbaRule.Kind.LOCAL;
            case "host", "hostnogssenc" -> HbaRule.Kind.HOST;
            case "hostssl" -> HbaRule.Kind.HOST_SSL;
            case "hostnossl" -> HbaRule.Kind.HOST_NO_SSL;
            case "hostgssenc" -> throw new HbaError(file, number,
                    "hostgssenc record cannot match because GSSAPI is not supported by this build");
            default -> throw new HbaError(file, number, "invalid connection type \"" + name + "\"");
        };
    }

    private HbaAddress address(String text, Optional<String> mask, int number) throws HbaError {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "all":
                return new HbaAddress.All();
            case "samehost":
                return new HbaAddress.Same(false);
            case "samenet":
                return new HbaAddress.Same(true);
            default:
                break;
        }
        Optional<HbaAddress.Range> range = HbaAddress.range(text, mask);
        if (range.isPresent()) {
            return range.get();
        }
        if (mask.isPresent()) {
            throw new HbaError(file, number, "invalid IP mask \"" + mask.get() + "\"");
        }
        if (text.indexOf('/') >= 0 || text.indexOf(':') >= 0 || text.isEmpty()) {
            throw new HbaError(file, number, "invalid CIDR mask in address \"" + text + "\"");
        }
        return new HbaAddress.Host(text);
    }

    private List<HbaRule.Name> names(List<List<HbaRule.Name>> fields, int index, int number, String what)
            throws HbaError {
        if (index >= fields.size() || fields.get(index).isEmpty()) {
            throw new HbaError(file, number, "end-of-line before " + what + " specification");
        }
        for (HbaRule.Name name : fields.get(index)) {
            if (name.text().startsWith("@")) {
                throw new HbaError(file, number, "lists of names in other files (\"" + name.text()
                        + "\") are not supported");
            }
            if (name.text().startsWith("/")) {
                try {
                    HbaRule.compile(name.text().substring(1));
                } catch (PatternSyntaxException e) {
                    throw new HbaError(file, number, "invalid regular expression \"" + name.text().substring(1) + "\"");
                }
            }
        }
        return fields.get(index);
    }

    private String only(List<List<HbaRule.Name>> fields, int index, int number, String what) throws HbaError {
        if (index >= fields.size() || fields.get(index).isEmpty()) {
            throw new HbaError(file, number, "end-of-line before " + what);
        }
        if (fields.get(index).size() > 1) {
            throw new HbaError(file, number, "multiple values specified for " + what);
        }
        return fields.get(index).getFirst().text();
    }
}
