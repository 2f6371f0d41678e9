package org.gajah.javaroutine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.spi.Spi;

/** Loads the classes of installed jars, or of source compiled here, with cancel points woven in. */
final class RoutineLoader extends ClassLoader {
    private final Map<String, byte[]> files;

    /** {@code files}: bytes by path: {@code com/example/Orders.class}. */
    RoutineLoader(Map<String, byte[]> files, ClassLoader parent) {
        super("gajah routines", parent);
        this.files = files;
    }

    /** What all routines see: the JDK and the interface; or, embedded, all that the program sees. */
    static ClassLoader parent(boolean classPath) {
        return classPath ? ClassLoader.getSystemClassLoader() : new ClassLoader("gajah api", ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("org.gajah.api.")) {
                    return Spi.class.getClassLoader().loadClass(name);
                }
                throw new ClassNotFoundException(name);
            }
        };
    }

    Map<String, byte[]> files() {
        return files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = files.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        ClassHierarchyResolver known = ClassHierarchyResolver.ofResourceParsing(this).orElse(ClassHierarchyResolver.defaultResolver());
        byte[] woven = Weaver.weave(name, bytes, known.orElse(type -> ClassHierarchyResolver.ClassHierarchyInfo.ofInterface()));
        return defineClass(name, woven, 0, woven.length);
    }

    @Override
    protected URL findResource(String name) {
        byte[] bytes = files.get(name);
        return bytes == null ? null : url(name, bytes);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.enumeration(Optional.ofNullable(findResource(name)).map(List::of).orElse(List.of()));
    }

    private static URL url(String name, byte[] bytes) {
        URLStreamHandler handler = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {
                        // the bytes are here
                    }

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(bytes);
                    }
                };
            }
        };
        try {
            return URL.of(new URI("gajah", "", "/" + name, null), handler);
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
