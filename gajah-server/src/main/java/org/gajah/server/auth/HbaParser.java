package org.gajah.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.gajah.server.FileTrouble;
import org.gajah.settings.AccessLine;
import org.gajah.type.InetCodec;

/**
 * Reads {@code pg_hba.conf} (manual, section 20.1) and the files that it includes. Every line has to be right, or the whole file is
 * refused.
 */
public final class HbaParser {
    private static final int MOST_DEEP = 10;

    /** A line with its rule or with what is wrong with it. */
    private record Entry(String file, int line, List<List<HbaRule.Name>> fields, Optional<HbaRule> rule, Optional<HbaError> error) {
    }

    private final String file;
    private final int depth;
    private final List<Entry> entries;

    private HbaParser(String file, int depth, List<Entry> entries) {
        this.file = file;
        this.depth = depth;
        this.entries = entries;
    }

    /** Reads the file's text; {@code file} is its name for messages, and the names of other files are relative to it. */
    public static HbaFile parse(String file, String text) throws HbaError {
        List<HbaRule> rules = new ArrayList<>();
        for (Entry entry : entries(file, text)) {
            if (entry.error.isPresent()) {
                throw entry.error.get();
            }
            rules.add(entry.rule.orElseThrow());
        }
        if (rules.isEmpty()) {
            throw new HbaError("configuration file \"" + file + "\" contains no entries");
        }
        return new HbaFile(rules);
    }

    /** What each line of the file says, or what is wrong with it. */
    public static List<AccessLine> lines(String file, String text) {
        List<AccessLine> lines = new ArrayList<>();
        int number = 0;
        for (Entry entry : entries(file, text)) {
            number += entry.rule.isPresent() ? 1 : 0;
            int counted = number;
            lines.add(entry.rule.map(rule -> line(entry, rule, counted)).orElseGet(
                    () -> AccessLine.wrong(entry.file, entry.line, entry.error.orElseThrow().reason())));
        }
        return lines;
    }

    private static AccessLine line(Entry entry, HbaRule rule, int number) {
        String address = switch (rule.address()) {
            case HbaAddress.All _ -> rule.kind() == HbaRule.Kind.LOCAL ? "" : "all";
            case HbaAddress.Same same -> same.network() ? "samenet" : "samehost";
            case HbaAddress.Host host -> host.name();
            case HbaAddress.Range range -> InetCodec.addressText(range.network());
        };
        String mask = rule.address() instanceof HbaAddress.Range range ? InetCodec.addressText(range.mask()) : "";
        return new AccessLine(number, entry.file, entry.line, entry.fields.getFirst().getFirst().text(), texts(rule.databases()),
                texts(rule.users()), address, mask, entry.fields.getLast().getFirst().text(), Optional.empty());
    }

    private static List<String> texts(List<HbaRule.Name> names) {
        return names.stream().map(HbaRule.Name::text).toList();
    }

    private static List<Entry> entries(String file, String text) {
        List<Entry> entries = new ArrayList<>();
        new HbaParser(file, 0, entries).read(text);
        return entries;
    }

    private void read(String text) {
        String[] lines = text.split("\n", -1);
        StringBuilder logical = new StringBuilder();
        int first = 1;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            if (line.endsWith("\\")) {
                logical.append(line, 0, line.length() - 1);
                continue;
            }
            List<List<HbaRule.Name>> fields = HbaTokens.fields(logical.append(line).toString());
            if (!fields.isEmpty()) {
                line(fields, first);
            }
            logical.setLength(0);
            first = i + 2;
        }
    }

    private void line(List<List<HbaRule.Name>> fields, int number) {
        try {
            switch (fields.getFirst().isEmpty() ? "" : fields.getFirst().getFirst().text()) {
                case "include" -> include(resolve(only(fields, 1, number, "file name")), number);
                case "include_if_exists" -> {
                    Path included = resolve(only(fields, 1, number, "file name"));
                    if (Files.exists(included)) {
                        include(included, number);
                    }
                }
                case "include_dir" -> includeAll(resolve(only(fields, 1, number, "directory name")), number);
                default -> entries.add(new Entry(file, number, fields, Optional.of(rule(fields, number)), Optional.empty()));
            }
        } catch (HbaError e) {
            entries.add(new Entry(file, number, fields, Optional.empty(), Optional.of(e)));
        }
    }

    private Path resolve(String name) {
        return Path.of(file).toAbsolutePath().resolveSibling(name);
    }

    private void include(Path included, int number) throws HbaError {
        new HbaParser(included.toString(), depth + 1, entries).read(text(included, number));
    }

    private void includeAll(Path directory, int number) throws HbaError {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(f -> f.getFileName().toString().endsWith(".conf") && !f.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new HbaError(file, number, "could not open directory \"" + directory + "\": " + FileTrouble.text(e));
        }
        for (Path included : files) {
            include(included, number);
        }
    }

    private String text(Path included, int number) throws HbaError {
        if (depth >= MOST_DEEP) {
            throw new HbaError(file, number, "could not open file \"" + included + "\": maximum nesting depth exceeded");
        }
        try {
            return Files.readString(included, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HbaError(file, number, "could not open file \"" + included + "\": " + FileTrouble.text(e));
        }
    }

    private HbaRule rule(List<List<HbaRule.Name>> fields, int number) throws HbaError {
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
        return new HbaRule(kind, databases, users, address, method);
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
        List<HbaRule.Name> names = new ArrayList<>();
        for (HbaRule.Name name : fields.get(index)) {
            if (name.text().startsWith("@") && !name.quoted()) {
                Path list = resolve(name.text().substring(1));
                text(list, number).lines().forEach(line -> HbaTokens.fields(line).forEach(names::addAll));
            } else {
                names.add(name);
            }
        }
        for (HbaRule.Name name : names) {
            if (name.text().startsWith("/")) {
                try {
                    HbaRule.compile(name.text().substring(1));
                } catch (PatternSyntaxException e) {
                    throw new HbaError(file, number, "invalid regular expression \"" + name.text().substring(1) + "\"");
                }
            }
        }
        return names;
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
