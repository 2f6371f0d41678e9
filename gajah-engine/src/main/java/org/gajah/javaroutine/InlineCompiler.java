package org.gajah.javaroutine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Spi;

/** Compiles the source of a routine, against the JDK, the interface and the installed jars; nothing touches a disk. */
final class InlineCompiler {
    private InlineCompiler() {
    }

    /** The class files by path; 42601 with the first error's place in the text, 0A000 if there is no compiler. */
    static Map<String, byte[]> compile(InlineSource source, Map<String, byte[]> jars, boolean classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw SqlError.notSupported("this Java runtime has no compiler")
                    .hint("Install the routine's class with gajah.install_jar, or run the server on a JDK.");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
                Files files = new Files(standard, jars)) {
            List<String> options = new ArrayList<>(List.of("-proc:none", "-g", "-Xlint:none", "-implicit:none"));
            options.addAll(List.of("-classpath", classPath ? System.getProperty("java.class.path") + java.io.File.pathSeparator + home() : home()));
            JavaFileObject unit = new Source(source);
            if (!compiler.getTask(Writer.nullWriter(), files, said, options, null, List.of(unit)).call()) {
                throw error(said, source);
            }
            return files.compiled();
        } catch (IOException e) {
            throw new SqlError(SqlState.SYSTEM_ERROR, "the Java compiler failed: " + e.getMessage(), e);
        }
    }

    /** Where the interface's classes are. */
    private static String home() {
        try {
            CodeSource home = Spi.class.getProtectionDomain().getCodeSource();
            return home == null || home.getLocation() == null ? "" : Path.of(home.getLocation().toURI()).toString();
        } catch (URISyntaxException | RuntimeException e) {
            return "";
        }
    }

    private static SqlError error(DiagnosticCollector<JavaFileObject> said, InlineSource source) {
        List<Diagnostic<? extends JavaFileObject>> errors = new ArrayList<>(said.getDiagnostics());
        errors.removeIf(d -> d.getKind() != Diagnostic.Kind.ERROR);
        if (errors.isEmpty()) {
            return new SqlError(SqlState.SYNTAX_ERROR, "the Java source cannot be compiled");
        }
        Diagnostic<? extends JavaFileObject> first = errors.getFirst();
        SqlError e = new SqlError(SqlState.SYNTAX_ERROR, "Java: " + first.getMessage(Locale.ROOT).lines().findFirst().orElse(""));
        List<String> rest = new ArrayList<>();
        errors.forEach(d -> rest.add("line " + d.getLineNumber() + ", column " + d.getColumnNumber() + ": " + d.getMessage(Locale.ROOT)));
        e = e.detail(String.join("\n", rest));
        return first.getPosition() == Diagnostic.NOPOS ? e : e.at(source.position(first.getPosition()));
    }

    private static URI uri(String path) {
        return URI.create("gajah:///" + path);
    }

    /** The text to compile. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(InlineSource source) {
            super(uri(source.className() + ".java"), Kind.SOURCE);
            this.text = source.unit();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** A class file in memory. */
    private static final class Binary extends SimpleJavaFileObject {
        private final String name;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final Optional<byte[]> given;

        Binary(String name, Optional<byte[]> given) {
            super(uri(name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.given = given;
        }

        @Override
        public OutputStream openOutputStream() {
            return written;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(given.orElseGet(written::toByteArray));
        }
    }

    /** The compiler's files: what it writes stays in memory, and the jars' classes are found there. */
    private static final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, byte[]> jars;
        private final List<Binary> written = new ArrayList<>();

        Files(StandardJavaFileManager standard, Map<String, byte[]> jars) {
            super(standard);
            this.jars = jars;
        }

        Map<String, byte[]> compiled() {
            Map<String, byte[]> all = new HashMap<>();
            written.forEach(b -> all.put(b.name.replace('.', '/') + ".class", b.written.toByteArray()));
            return all;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            Binary file = new Binary(name, Optional.empty());
            written.add(file);
            return file;
        }

        @Override
        public Iterable<JavaFileObject> list(JavaFileManager.Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
                throws IOException {
            List<JavaFileObject> found = new ArrayList<>();
            super.list(location, packageName, kinds, recurse).forEach(found::add);
            if (location == StandardLocation.CLASS_PATH && kinds.contains(JavaFileObject.Kind.CLASS)) {
                String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
                jars.forEach((path, bytes) -> {
                    boolean here = path.startsWith(folder) && path.endsWith(".class") && path.indexOf('/', folder.length()) < 0;
                    if (here) {
                        found.add(new Binary(path.substring(0, path.length() - 6).replace('/', '.'), Optional.of(bytes)));
                    }
                });
            }
            return found;
        }

        @Override
        public String inferBinaryName(JavaFileManager.Location location, JavaFileObject file) {
            return file instanceof Binary b ? b.name : super.inferBinaryName(location, file);
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a instanceof Binary || b instanceof Binary ? a == b : super.isSameFile(a, b);
        }
    }
}
