package org.gajah.javaroutine;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.gajah.api.spi.CancelPoint;

/** Puts a {@link CancelPoint} at the entry of each method and before each jump backward, so that no code runs without end unasked. */
final class Weaver {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.javaroutine");
    private static final ClassDesc POINT = ClassDesc.of(CancelPoint.class.getName());
    private static final MethodTypeDesc CHECK = MethodTypeDesc.of(ConstantDescs.CD_void);

    private Weaver() {
    }

    /** The class with polls; a class that cannot be taken apart stays as it is, and the log says so. */
    static byte[] weave(String name, byte[] bytes, ClassHierarchyResolver classes) {
        try {
            ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(classes));
            return files.transformClass(files.parse(bytes), ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Polls::new)));
        } catch (IllegalArgumentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "class " + name + " is loaded without cancel points: " + e.getMessage());
            return bytes;
        }
    }

    private static final class Polls implements CodeTransform {
        private final Set<Label> behind = new HashSet<>();

        @Override
        public void atStart(CodeBuilder code) {
            code.invokestatic(POINT, "check", CHECK);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            boolean back = switch (element) {
                case LabelTarget target -> {
                    behind.add(target.label());
                    yield false;
                }
                case BranchInstruction branch -> behind.contains(branch.target());
                case LookupSwitchInstruction s -> goesBack(s.defaultTarget(), s.cases());
                case TableSwitchInstruction s -> goesBack(s.defaultTarget(), s.cases());
                default -> false;
            };
            if (back) {
                code.invokestatic(POINT, "check", CHECK);
            }
            code.with(element);
        }

        private boolean goesBack(Label otherwise, List<SwitchCase> cases) {
            return behind.contains(otherwise) || cases.stream().anyMatch(c -> behind.contains(c.target()));
        }
    }
}
