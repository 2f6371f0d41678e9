package org.gajah.javaroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the weaver leaves of a class: all that a debugger goes by. */
class WeaverTest {
    /** Something to weave. */
    static int collatz(int start) {
        int steps = 0;
        for (long value = start; value != 1; steps++) {
            value = value % 2 == 0 ? value / 2 : 3 * value + 1;
        }
        return steps;
    }

    private static List<CodeElement> code(ClassModel model) {
        CodeModel code = model.methods().stream().filter(m -> m.methodName().equalsString("collatz")).findFirst().orElseThrow().code().orElseThrow();
        return code.elementStream().toList();
    }

    private static List<String> debugging(List<CodeElement> code) {
        List<String> all = new ArrayList<>();
        for (CodeElement element : code) {
            if (element instanceof LineNumber line) {
                all.add("line " + line.line());
            } else if (element instanceof LocalVariable variable) {
                all.add("variable " + variable.name() + " in " + variable.slot());
            }
        }
        return all;
    }

    private static long polls(List<CodeElement> code) {
        return code.stream().filter(e -> e instanceof InvokeInstruction i && i.owner().asInternalName().endsWith("CancelPoint")).count();
    }

    @Test
    void linesAndVariablesOutliveTheWeaving() throws IOException {
        byte[] bytes;
        try (InputStream in = WeaverTest.class.getResourceAsStream("WeaverTest.class")) {
            bytes = in.readAllBytes();
        }
        byte[] woven = Weaver.weave("WeaverTest", bytes, ClassHierarchyResolver.defaultResolver());
        List<CodeElement> before = code(ClassFile.of().parse(bytes));
        List<CodeElement> after = code(ClassFile.of().parse(woven));
        assertEquals(debugging(before), debugging(after));
        assertTrue(debugging(before).size() > 3, "the class was compiled without lines");
        assertEquals(0, polls(before));
        assertNotEquals(0, polls(after));
        assertEquals(111, collatz(27));
    }
}
