package org.gajah.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gajah.settings.SettingDefinition;
import org.gajah.settings.SettingDefinition.Effect;
import org.gajah.settings.SettingDefinitions;
import org.junit.jupiter.api.Test;

/** The lists of settings in docs/settings.md are the code's, and what is said to do something is at least named where something is done. */
class SettingsListTest {
    private static final Path ROOT = Path.of("..");
    private static final String ACCEPTED = "## Settings that are accepted and have no effect";

    private static Set<String> names(Predicate<SettingDefinition> wanted) {
        return SettingDefinitions.all().stream().filter(wanted).map(SettingDefinition::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listed(String text) {
        return Pattern.compile("`([A-Za-z_.]+)`").matcher(text).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDocumentListsWhatTheCodeAccepts() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/settings.md"));
        int used = text.indexOf("## Settings that do something here");
        int accepted = text.indexOf(ACCEPTED);
        assertTrue(used > 0 && accepted > used, "the two headings");
        assertEquals(names(s -> s.effect() == Effect.USED), listed(text.substring(used, accepted)));
        assertEquals(names(s -> s.effect() == Effect.ACCEPTED), listed(text.substring(accepted)));
    }

    @Test
    void whatDoesSomethingIsNamedInTheCode() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : new String[] {"gajah-engine", "gajah-server"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        String all = sources.toString().toLowerCase(Locale.ROOT);
        Set<String> unnamed = names(s -> s.effect() == Effect.USED && s.context() != SettingDefinition.Context.INTERNAL);
        unnamed.removeIf(name -> all.contains("\"" + name.toLowerCase(Locale.ROOT) + "\""));
        assertEquals(Set.of(), unnamed);
    }
}
