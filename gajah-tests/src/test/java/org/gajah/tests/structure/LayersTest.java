package org.gajah.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package of the engine may use only itself and the packages that stand before it. */
class LayersTest {
    /** The engine's packages below org.gajah, lowest first. */
    static final List<String> ORDER = List.of("base", "catalog/data", "vector", "type", "func", "log", "page", "txn", "notify",
            "table", "store", "btree", "settings", "catalog", "foreign", "ast", "parse", "analyze", "plan", "sysfunc", "exec", "command", "spi", "sqlroutine", "plpgsql",
            "javaroutine", "engine");

    private static final Path CLASSES = Path.of("../gajah-engine/target/classes/org/gajah");
    private static final Pattern REFERENCE = Pattern.compile("org/gajah/([a-z/]+)/[A-Z]");

    @Test
    void nothingCallsUp() throws IOException {
        Set<String> wrong = new TreeSet<>();
        int count = 0;
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String from = CLASSES.relativize(file.getParent()).toString();
                assertTrue(layer(from) >= 0, "package " + from + " has no place in the order");
                for (String to : references(ClassFile.of().parse(file))) {
                    if (layer(to) > layer(from)) {
                        wrong.add(from + "/" + file.getFileName() + " uses " + to);
                    }
                }
                count++;
            }
        }
        assertTrue(count > 10, "only " + count + " classes found");
        assertEquals(Set.of(), wrong);
    }

    /** The place of a package, or of the package it lies in; -1 if it is none of the engine's. */
    private static int layer(String name) {
        for (String at = name; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            if (ORDER.contains(at)) {
                return ORDER.indexOf(at);
            }
        }
        return -1;
    }

    private static Set<String> references(ClassModel type) {
        Set<String> packages = new TreeSet<>();
        for (PoolEntry entry : type.constantPool()) {
            String text = switch (entry) {
                case ClassEntry named -> named.asInternalName();
                case NameAndTypeEntry member -> member.type().stringValue();
                case Utf8Entry utf8 when utf8.stringValue().startsWith("L") || utf8.stringValue().startsWith("(") ->
                    utf8.stringValue();
                default -> "";
            };
            Matcher matcher = REFERENCE.matcher(text);
            while (matcher.find()) {
                packages.add(matcher.group(1));
            }
        }
        return packages;
    }
}
