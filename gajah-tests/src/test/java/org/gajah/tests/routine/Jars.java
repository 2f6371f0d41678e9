package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars made from source, and put into a database. */
public final class Jars {
    private Jars() {
    }

    /** A jar with one class, compiled from its source. */
    public static byte[] jar(String name, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        JavaFileObject unit = new SimpleJavaFileObject(URI.create("test:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try (JarOutputStream jar = new JarOutputStream(written);
                JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(JavaFileManager.Location l, String type, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("test:///" + type.replace('.', '/') + ".class"), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return new ByteArrayOutputStream() {
                                    @Override
                                    public void close() throws IOException {
                                        jar.putNextEntry(new ZipEntry(type.replace('.', '/') + ".class"));
                                        jar.write(toByteArray());
                                    }
                                };
                            }
                        };
                    }
                }) {
            assertTrue(compiler.getTask(Writer.nullWriter(), files, null, List.of("-proc:none", "-g"), null, List.of(unit)).call(), source);
        }
        return written.toByteArray();
    }

    static void install(Connection c, String name, byte[] jar) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("CALL gajah.install_jar(?, ?)")) {
            s.setString(1, name);
            s.setBytes(2, jar);
            s.execute();
        }
    }
}
